"""What measures the house: nothing outside this room and the command line imports it."""
