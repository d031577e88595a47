from tests.workflow.test_separation_of_duties import *
from tests.workflow.test_separation_of_duties import a_row, written
def test_hole(cast):
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])
    order = an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head)
    at = Attempt(report, cast.other_head, cast.head, "", order=order)
    written(a_row(at, cast.other_head.id, order), on_behalf_of_id=None)
    db.session.commit()
    print("HOLE: omitted holder passes")
