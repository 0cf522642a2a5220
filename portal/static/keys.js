// Keys 1 and 2 press the buttons of a form that has the focus (WCAG 2.1.4: only then). Without this the page works.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest && event.target.closest("[data-keys]");
  if (!form || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
