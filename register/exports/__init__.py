"""What an officer hands over: verwerkingsregister, DPIA annex, processing log, and three short papers."""
