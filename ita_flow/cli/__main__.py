"""``python -m ita_flow.cli``"""

from ita_flow.cli import main

main()
