"""The shape of each kind of document: frozen models, built when first imported."""
