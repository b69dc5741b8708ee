"""What people may order by mail: the words, how they are read, and what proves who ordered."""
