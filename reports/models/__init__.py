from reports.models.agreement import AgreementReport
from reports.models.exports import Export, ExportFormat, ExportKind, export_kinds_for

__all__ = ["AgreementReport", "Export", "ExportFormat", "ExportKind", "export_kinds_for"]
