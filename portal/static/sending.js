// Who sends large files reads that they are under way; without this the browser shows it.
document.addEventListener("submit", (event) => {
  const told = event.target.querySelector("[data-wait] > [hidden]");
  if (told) told.hidden = false;
});
