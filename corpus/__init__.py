"""Reports written for this project, and the builder that renders them into file formats."""
