"""The statistics for files of anybody's: what the command line reads, computes and writes."""
