"""The sorts of leaks, one file each; a file's `PROFILE` is its name, its labels and the function that writes it."""
