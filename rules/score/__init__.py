"""How well filled files were read, against what a person wrote down that they state."""
