"""The pytest plugin: collects `*.cases.yaml`; loads nothing of perfrules until it finds one."""
