"""Who gets what at every address: the rows of tests/test_access_matrix.py, one a URL name."""

READERS = (
    *("anonymous", "stranger", "interviewer", "colleague", "shadow", "recruiter", "committee"),
    *("recused", "administrator", "candidate_account", "deactivated"),
)
# Readers who may know nothing of what the colleague found, and so not even whether they did.
BLIND = ("anonymous", "stranger", "interviewer", "shadow", "recused", "candidate_account")

# in: sent to the sign-in page · ok: 200 · to: redirected to a page of the product
# no: 403, a page for other roles · --: 404, as if there were nothing · a number: that status
# 401: signed out, told to a script · 415: let in, and told that an empty form is no JSON
# anon = anonymous, strg = stranger, intv = interviewer, coll = colleague, shad = shadow,
# recr = recruiter, comm = committee, recu = recused, admi = administrator,
# cand = the candidate's own account, deac = deactivated, with a session opened before
# (Nobody of the cast has a password, so `account_change_password` sends them to set one.)
MATRIX = """
                                       anon strg intv coll shad recr comm recu admi cand deac
healthz                                ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_login                          ok   to   to   to   to   to   to   to   to   to   ok
account_logout                         to   ok   ok   ok   ok   ok   ok   ok   ok   ok   to
account_signup                         ok   to   to   to   to   to   to   to   to   to   ok
account_inactive                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_change_password                in   to   to   to   to   to   to   to   to   to   in
account_set_password                   in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
account_reset_password                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_done            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_from_key        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_from_key_done   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
profile                                in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
people                                 in   no   no   no   no   no   no   no   ok   no   in
add_person                             in   no   no   no   no   no   no   no   ok   no   in
person                                 in   no   no   no   no   no   no   no   ok   no   in
deactivate_person                      in   no   no   no   no   no   no   no   ok   no   in
POST reactivate_person                 in   no   no   no   no   no   no   no   to   no   in
POST password_link                     in   no   no   no   no   no   no   no   to   no   in
audit                                  in   no   no   no   no   no   no   no   ok   no   in

reminders                              in   no   no   no   no   ok   no   no   no   no   in
opening_reminders                      in   no   no   no   no   ok   no   no   no   no   in
mailbox                                in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
mail                                   in   --   ok   --   --   --   --   --   --   --   in
mail_texts                             in   no   no   no   no   ok   no   no   no   no   in
edit_mail_text                         in   no   no   no   no   ok   no   no   no   no   in
reset_mail_text                        in   no   no   no   no   ok   no   no   no   no   in
my_calendar                            in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
renew_calendar                         in   to   ok   to   to   to   to   to   to   to   in
revoke_calendar                        in   to   ok   to   to   to   to   to   to   to   in
calendar_feed                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
exports                                in   no   no   no   no   ok   no   no   ok   no   in
export_state                           in   no   no   no   no   ok   no   no   --   no   in
export_file                            in   no   no   no   no   to   no   no   --   no   in
POST retry_export                      in   no   no   no   no   to   no   no   --   no   in
POST delete_export                     in   no   no   no   no   to   no   no   --   no   in

home                                   in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
search                                 in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
loops                                  in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
loop                                   in   --   ok   ok   ok   ok   ok   --   --   --   in
add_interview                          in   no   no   no   no   ok   no   no   no   no   in
edit_interview                         in   no   no   no   no   ok   no   no   no   no   in
check_times                            in   no   no   no   no   ok   no   no   no   no   in
edit_candidate                         in   no   no   no   no   ok   no   no   no   no   in
invitations                            in   no   no   no   no   ok   no   no   no   no   in
cancel_interview                       in   no   no   no   no   ok   no   no   no   no   in
add_committee_seat                     in   no   no   no   no   ok   no   no   no   no   in
recuse                                 in   no   no   no   no   ok   no   no   no   no   in
make_chair                             in   no   no   no   no   ok   no   no   no   no   in
openings                               in   no   no   no   no   ok   no   no   no   no   in
opening                                in   no   no   no   no   ok   no   no   no   no   in
add_opening                            in   no   no   no   no   ok   no   no   no   no   in
edit_opening                           in   no   no   no   no   ok   no   no   no   no   in
upload_interviews                      in   no   no   no   no   ok   no   no   no   no   in
interview_upload                       in   no   no   no   no   ok   no   no   no   no   in
interview_upload_state                 in   no   no   no   no   ok   no   no   no   no   in
interview_upload_template              in   no   no   no   no   ok   no   no   no   no   in
opening_bar                            in   no   no   no   no   ok   no   no   no   no   in
add_loop                               in   no   no   no   no   ok   no   no   no   no   in

packet                                 in   --   --   --   --   ok   ok   --   --   --   in
compare                                in   no   no   no   no   ok   ok   ok   no   no   in
agreement                              in   no   no   no   no   ok   ok   ok   no   no   in
agreement_state                        in   no   no   no   no   ok   ok   ok   no   no   in
packet_pdf                             in   --   --   --   --   ok   ok   --   --   --   in
packet_json                            in   --   --   --   --   ok   ok   --   --   --   in
loop_packet                            in   --   --   --   --   to   to   --   --   --   in
POST build_packet                      in   --   --   --   --   ok   ok   --   --   --   in
packet_request                         in   --   --   --   --   ok   ok   --   --   --   in
resolve_flag                           in   --   --   --   --   --   ok   --   --   --   in
discussion                             in   --   --   --   --   --   ok   --   --   --   in
withdraw_comment                       in   --   --   --   --   --   ok   --   --   --   in
task_done                              in   no   no   no   no   ok   no   no   no   no   in

loop_summary                           in   no   no   no   no   ok   no   no   no   no   in
loop_feedback                          in   no   no   no   no   ok   no   no   no   no   in
POST draft_feedback                    in   no   no   no   no   to   no   no   no   no   in
feedback                               in   no   no   no   no   ok   no   no   no   no   in
release_feedback                       in   no   no   no   no   ok   no   no   no   no   in
check_feedback                         in   --   --   --   --   --   ok   --   --   --   in

my_record                              in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
write_evidence_note                    in   --   --   --   --   --   ok   --   --   --   in
POST read_evidence_note                in   --   --   to   --   --   --   --   --   --   in
debrief                                in   --   --   --   --   ok   ok   --   --   --   in
declare_conflict                       in   --   --   --   --   --   ok   --   --   --   in
POST vote                              in   --   --   --   --   --   ok   --   --   --   in
POST confirm_votes                     in   --   --   --   --   --   to   --   --   --   in
open_votes                             in   --   --   --   --   --   to   --   --   --   in
POST decide                            in   --   --   --   --   --   ok   --   --   --   in

import                                 in   no   no   no   no   ok   no   no   no   no   in
import_upload                          in   no   no   no   no   ok   no   no   no   no   in
import_state                           in   no   no   no   no   ok   no   no   no   no   in
import_runs                            in   no   no   no   no   ok   no   no   no   no   in
POST settle_import                     in   no   no   no   no   to   no   no   no   no   in
my_scorecards                          in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
open_scorecard                         in   --   to   --   --   --   --   --   --   --   in
live                                   in   --   ok   --   --   --   --   --   --   --   in
POST sync                              401  --   415  --   --   --   --   --   --   --   401
rate                                   in   --   ok   --   --   --   --   --   --   --   in
submit_scorecard                       in   --   ok   --   --   --   --   --   --   --   in
amend                                  in   --   --   ok   --   --   --   --   --   --   in
POST discard_amendment                 in   --   --   to   --   --   --   --   --   --   in
scorecard                              in   --   --   ok   --   ok   ok   --   --   --   in
rubric                                 in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
rubric_version                         in   ok   ok   ok   ok   ok   ok   ok   ok   ok   in
"""

NOT_IN_THE_MATRIX = {"readyz"}  # asks a worker; tested with real services


def rows() -> dict[str, tuple[str, dict[str, str]]]:
    """URL name: (method, reader: expected)."""
    found = {}
    for line in MATRIX.strip().splitlines()[1:]:
        cells = line.split()
        if cells:
            method = cells.pop(0) if cells[0] == "POST" else "GET"
            name, *expected = cells
            assert len(expected) == len(READERS), f"{name}: one cell for each reader"
            found[name] = (method, dict(zip(READERS, expected, strict=True)))
    return found


ROWS = rows()
