"""One module per publisher: its addresses, its file layout and its error answers."""
