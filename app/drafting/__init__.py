"""From the text of an article to candidate events, in pure steps: see ARCHITECTURE.md."""
