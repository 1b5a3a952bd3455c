"""Plugins: found, registered, looked at; a broken one is named and left out."""
