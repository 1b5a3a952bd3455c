"""Many units at once with numpy: the digits of the reference, faster; the only door for numpy."""
