"""One file per command of `perfrules`: arguments in, text out, an exit code back."""
