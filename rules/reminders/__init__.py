"""When letters that answer nothing may leave, to whom they go, and what they ask for."""
