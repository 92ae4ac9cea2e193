"""Tests of datasets: the declaration, the rows, the files, the frames, the panels."""
