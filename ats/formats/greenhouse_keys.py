"""Keys that Greenhouse documents for Harvest v1 and that have no place here."""

JOB_KEYS = frozenset(
    [
        "requisition_id",
        "notes",
        "confidential",
        "status",
        "created_at",
        "opened_at",
        "closed_at",
        "updated_at",
        "is_template",
        "copied_from_id",
        "departments",
        "offices",
        "hiring_team",
        "openings",
    ]
)
CANDIDATE_KEYS = frozenset(
    [
        "created_at",
        "updated_at",
        "last_activity",
        "is_private",
        "photo_url",
        "attachments",
        "application_ids",
        "phone_numbers",
        "addresses",
        "website_addresses",
        "social_media_addresses",
        "recruiter",
        "coordinator",
        "can_email",
        "tags",
        "applications",
        "educations",
        "employments",
        "linked_user_ids",
        "custom_fields",
        "keyed_custom_fields",
    ]
)
APPLICATION_KEYS = frozenset(
    [
        "prospect",
        "applied_at",
        "rejected_at",
        "last_activity_at",
        "location",
        "source",
        "credited_to",
        "recruiter",
        "coordinator",
        "rejection_reason",
        "rejection_details",
        "job_post_id",
        "status",
        "current_stage",
        "answers",
        "prospective_office",
        "prospective_department",
        "prospect_detail",
        "custom_fields",
        "keyed_custom_fields",
        "attachments",
    ]
)
INTERVIEW_KEYS = frozenset(
    [
        "external_event_id",
        "location",
        "video_conferencing_url",
        "created_at",
        "updated_at",
        "organizer",
    ]
)
SCORECARD_KEYS = frozenset(
    ["created_at", "interview", "interview_step", "candidate_id", "interviewed_at", "ratings"]
)
INTERVIEWER_KEYS = frozenset(["employee_id"])
