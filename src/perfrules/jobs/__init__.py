"""Many units on one machine: parts that are scored by several processes, saved and gone on with."""
