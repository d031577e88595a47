"""``python -m ita_flow.cli``"""

from ita_flow.cli import main

if __name__ == "__main__":
    main()
