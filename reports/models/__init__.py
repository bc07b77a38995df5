from reports.models.agreement_report import AgreementReport
from reports.models.export import Export, ExportFormat, ExportKind, export_kinds_for

__all__ = ["AgreementReport", "Export", "ExportFormat", "ExportKind", "export_kinds_for"]
