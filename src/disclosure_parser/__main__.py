"""``python -m disclosure_parser``."""

from disclosure_parser.cli import main

if __name__ == "__main__":
    main()
