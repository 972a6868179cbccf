"""What is shared and said: the advocacy domain and the words, in plain Python."""
