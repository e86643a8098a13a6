"""Walks a release once, and gives the outcomes of all its fields as signatures.

Generated from `checks/fields.toml` by `make fields`: change that file, not this one.

A signature is the mark of a node (a parent of fields) and one letter for each of its fields (`checks.outcomes`).
`checks.fields` says in readable code what this does, and tests hold both against each other.
"""

# ruff: noqa: C901, E501, PLR0912, PLR0915

from collections.abc import Callable
from typing import Any, Final

from checks.outcomes import of_value
from checks.quality import Quality

Add = Callable[[str], object]
Walk = Callable[[dict[str, Any], int, Add, Quality], None]


class _Nothing:
    """Stands for a key that isn't there."""


M: Final = _Nothing()

MARKS: Final = ' !"#$%&\'()*+,-./0123456789:;<=>?@{|}~\x7f\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½'

VARIANTS: Final[tuple[tuple[str, str], ...]] = (
    ("ocid_prefix_check", ""),
    ("date_time", "past"),
    ("identifier_scheme", ""),
    ("email", ""),
    ("telephone", ""),
    ("document_type", "planning"),
    ("document_description_length", ""),
    ("document_format_codelist", ""),
    ("language", ""),
    ("date_time", ""),
    ("number_checks", ""),
    ("document_type", "tender"),
    ("document_type", "award"),
    ("document_type", "contract"),
    ("document_type", "implementation"),
)

NODES: Final[tuple[str, ...]] = (
    "",
    "parties",
    "parties.identifier",
    "parties.additionalIdentifiers",
    "parties.address",
    "parties.contactPoint",
    "buyer",
    "buyer.identifier",
    "buyer.address",
    "buyer.additionalIdentifiers",
    "buyer.contactPoint",
    "planning",
    "planning.budget",
    "planning.budget.amount",
    "planning.documents",
    "planning.milestones",
    "planning.milestones.documents",
    "tender",
    "tender.procuringEntity",
    "tender.procuringEntity.identifier",
    "tender.procuringEntity.address",
    "tender.procuringEntity.additionalIdentifiers",
    "tender.procuringEntity.contactPoint",
    "tender.items",
    "tender.items.classification",
    "tender.items.additionalClassifications",
    "tender.items.unit",
    "tender.items.unit.value",
    "tender.value",
    "tender.minValue",
    "tender.tenderPeriod",
    "tender.enquiryPeriod",
    "tender.awardPeriod",
    "tender.contractPeriod",
    "tender.tenderers",
    "tender.tenderers.identifier",
    "tender.tenderers.address",
    "tender.tenderers.additionalIdentifiers",
    "tender.tenderers.contactPoint",
    "tender.documents",
    "tender.milestones",
    "tender.milestones.documents",
    "tender.amendments",
    "tender.amendments.changes",
    "tender.amendment",
    "tender.amendment.changes",
    "awards",
    "awards.value",
    "awards.suppliers",
    "awards.suppliers.identifier",
    "awards.suppliers.address",
    "awards.suppliers.additionalIdentifiers",
    "awards.suppliers.contactPoint",
    "awards.items",
    "awards.items.classification",
    "awards.items.additionalClassifications",
    "awards.items.unit",
    "awards.items.unit.value",
    "awards.contractPeriod",
    "awards.documents",
    "awards.amendments",
    "awards.amendments.changes",
    "awards.amendment",
    "awards.amendment.changes",
    "contracts",
    "contracts.period",
    "contracts.value",
    "contracts.items",
    "contracts.items.classification",
    "contracts.items.additionalClassifications",
    "contracts.items.unit",
    "contracts.items.unit.value",
    "contracts.documents",
    "contracts.implementation",
    "contracts.implementation.transactions",
    "contracts.implementation.transactions.value",
    "contracts.implementation.transactions.payer",
    "contracts.implementation.transactions.payer.identifier",
    "contracts.implementation.transactions.payer.address",
    "contracts.implementation.transactions.payer.additionalIdentifiers",
    "contracts.implementation.transactions.payer.contactPoint",
    "contracts.implementation.transactions.payee",
    "contracts.implementation.transactions.payee.identifier",
    "contracts.implementation.transactions.payee.address",
    "contracts.implementation.transactions.payee.additionalIdentifiers",
    "contracts.implementation.transactions.payee.contactPoint",
    "contracts.implementation.transactions.amount",
    "contracts.implementation.transactions.providerOrganization",
    "contracts.implementation.transactions.receiverOrganization",
    "contracts.implementation.milestones",
    "contracts.implementation.milestones.documents",
    "contracts.implementation.documents",
    "contracts.relatedProcesses",
    "contracts.milestones",
    "contracts.milestones.documents",
    "contracts.amendments",
    "contracts.amendments.changes",
    "contracts.amendment",
    "contracts.amendment.changes",
    "relatedProcesses",
)

FIELDS: Final[tuple[tuple[str, int], ...]] = (
    ("ocid", 0),
    ("id", -1),
    ("date", 1),
    ("tag", -1),
    ("initiationType", -1),
    ("parties", -1),
    ("parties.name", -1),
    ("parties.id", -1),
    ("parties.identifier", -1),
    ("parties.identifier.scheme", 2),
    ("parties.identifier.id", -1),
    ("parties.identifier.legalName", -1),
    ("parties.identifier.uri", -1),
    ("parties.additionalIdentifiers", -1),
    ("parties.additionalIdentifiers.scheme", 2),
    ("parties.additionalIdentifiers.id", -1),
    ("parties.additionalIdentifiers.legalName", -1),
    ("parties.additionalIdentifiers.uri", -1),
    ("parties.address", -1),
    ("parties.address.streetAddress", -1),
    ("parties.address.locality", -1),
    ("parties.address.region", -1),
    ("parties.address.postalCode", -1),
    ("parties.address.countryName", -1),
    ("parties.contactPoint", -1),
    ("parties.contactPoint.name", -1),
    ("parties.contactPoint.email", 3),
    ("parties.contactPoint.telephone", 4),
    ("parties.contactPoint.faxNumber", 4),
    ("parties.contactPoint.url", -1),
    ("parties.roles", -1),
    ("parties.details", -1),
    ("buyer", -1),
    ("buyer.name", -1),
    ("buyer.id", -1),
    ("buyer.identifier", -1),
    ("buyer.identifier.scheme", 2),
    ("buyer.identifier.id", -1),
    ("buyer.identifier.legalName", -1),
    ("buyer.identifier.uri", -1),
    ("buyer.address", -1),
    ("buyer.address.streetAddress", -1),
    ("buyer.address.locality", -1),
    ("buyer.address.region", -1),
    ("buyer.address.postalCode", -1),
    ("buyer.address.countryName", -1),
    ("buyer.additionalIdentifiers", -1),
    ("buyer.additionalIdentifiers.scheme", 2),
    ("buyer.additionalIdentifiers.id", -1),
    ("buyer.additionalIdentifiers.legalName", -1),
    ("buyer.additionalIdentifiers.uri", -1),
    ("buyer.contactPoint", -1),
    ("buyer.contactPoint.name", -1),
    ("buyer.contactPoint.email", 3),
    ("buyer.contactPoint.telephone", 4),
    ("buyer.contactPoint.faxNumber", 4),
    ("buyer.contactPoint.url", -1),
    ("planning", -1),
    ("planning.rationale", -1),
    ("planning.budget", -1),
    ("planning.budget.id", -1),
    ("planning.budget.description", -1),
    ("planning.budget.amount", -1),
    ("planning.budget.amount.amount", -1),
    ("planning.budget.amount.currency", -1),
    ("planning.budget.project", -1),
    ("planning.budget.projectID", -1),
    ("planning.budget.uri", -1),
    ("planning.budget.source", -1),
    ("planning.documents", -1),
    ("planning.documents.id", -1),
    ("planning.documents.documentType", 5),
    ("planning.documents.title", -1),
    ("planning.documents.description", 6),
    ("planning.documents.url", -1),
    ("planning.documents.datePublished", 1),
    ("planning.documents.dateModified", 1),
    ("planning.documents.format", 7),
    ("planning.documents.language", 8),
    ("planning.milestones", -1),
    ("planning.milestones.id", -1),
    ("planning.milestones.title", -1),
    ("planning.milestones.type", -1),
    ("planning.milestones.description", -1),
    ("planning.milestones.code", -1),
    ("planning.milestones.dueDate", 9),
    ("planning.milestones.dateMet", 1),
    ("planning.milestones.dateModified", 1),
    ("planning.milestones.status", -1),
    ("planning.milestones.documents", -1),
    ("planning.milestones.documents.id", -1),
    ("planning.milestones.documents.documentType", 5),
    ("planning.milestones.documents.title", -1),
    ("planning.milestones.documents.description", 6),
    ("planning.milestones.documents.url", -1),
    ("planning.milestones.documents.datePublished", 1),
    ("planning.milestones.documents.dateModified", 1),
    ("planning.milestones.documents.format", 7),
    ("planning.milestones.documents.language", 8),
    ("tender", -1),
    ("tender.id", -1),
    ("tender.title", -1),
    ("tender.description", -1),
    ("tender.status", -1),
    ("tender.procuringEntity", -1),
    ("tender.procuringEntity.name", -1),
    ("tender.procuringEntity.id", -1),
    ("tender.procuringEntity.identifier", -1),
    ("tender.procuringEntity.identifier.scheme", 2),
    ("tender.procuringEntity.identifier.id", -1),
    ("tender.procuringEntity.identifier.legalName", -1),
    ("tender.procuringEntity.identifier.uri", -1),
    ("tender.procuringEntity.address", -1),
    ("tender.procuringEntity.address.streetAddress", -1),
    ("tender.procuringEntity.address.locality", -1),
    ("tender.procuringEntity.address.region", -1),
    ("tender.procuringEntity.address.postalCode", -1),
    ("tender.procuringEntity.address.countryName", -1),
    ("tender.procuringEntity.additionalIdentifiers", -1),
    ("tender.procuringEntity.additionalIdentifiers.scheme", 2),
    ("tender.procuringEntity.additionalIdentifiers.id", -1),
    ("tender.procuringEntity.additionalIdentifiers.legalName", -1),
    ("tender.procuringEntity.additionalIdentifiers.uri", -1),
    ("tender.procuringEntity.contactPoint", -1),
    ("tender.procuringEntity.contactPoint.name", -1),
    ("tender.procuringEntity.contactPoint.email", 3),
    ("tender.procuringEntity.contactPoint.telephone", 4),
    ("tender.procuringEntity.contactPoint.faxNumber", 4),
    ("tender.procuringEntity.contactPoint.url", -1),
    ("tender.items", -1),
    ("tender.items.id", -1),
    ("tender.items.description", -1),
    ("tender.items.classification", -1),
    ("tender.items.classification.scheme", -1),
    ("tender.items.classification.id", -1),
    ("tender.items.classification.description", -1),
    ("tender.items.classification.uri", -1),
    ("tender.items.additionalClassifications", -1),
    ("tender.items.additionalClassifications.scheme", -1),
    ("tender.items.additionalClassifications.id", -1),
    ("tender.items.additionalClassifications.description", -1),
    ("tender.items.additionalClassifications.uri", -1),
    ("tender.items.quantity", 10),
    ("tender.items.unit", -1),
    ("tender.items.unit.scheme", -1),
    ("tender.items.unit.id", -1),
    ("tender.items.unit.name", -1),
    ("tender.items.unit.value", -1),
    ("tender.items.unit.value.amount", 10),
    ("tender.items.unit.value.currency", -1),
    ("tender.items.unit.uri", -1),
    ("tender.value", -1),
    ("tender.value.amount", -1),
    ("tender.value.currency", -1),
    ("tender.minValue", -1),
    ("tender.minValue.amount", -1),
    ("tender.minValue.currency", -1),
    ("tender.procurementMethod", -1),
    ("tender.procurementMethodDetails", -1),
    ("tender.procurementMethodRationale", -1),
    ("tender.mainProcurementCategory", -1),
    ("tender.additionalProcurementCategories", -1),
    ("tender.awardCriteria", -1),
    ("tender.awardCriteriaDetails", -1),
    ("tender.submissionMethod", -1),
    ("tender.submissionMethodDetails", -1),
    ("tender.tenderPeriod", -1),
    ("tender.tenderPeriod.startDate", 9),
    ("tender.tenderPeriod.endDate", 9),
    ("tender.tenderPeriod.maxExtentDate", 9),
    ("tender.tenderPeriod.durationInDays", 10),
    ("tender.enquiryPeriod", -1),
    ("tender.enquiryPeriod.startDate", 9),
    ("tender.enquiryPeriod.endDate", 9),
    ("tender.enquiryPeriod.maxExtentDate", 9),
    ("tender.enquiryPeriod.durationInDays", 10),
    ("tender.hasEnquiries", -1),
    ("tender.eligibilityCriteria", -1),
    ("tender.awardPeriod", -1),
    ("tender.awardPeriod.startDate", 9),
    ("tender.awardPeriod.endDate", 9),
    ("tender.awardPeriod.maxExtentDate", 9),
    ("tender.awardPeriod.durationInDays", 10),
    ("tender.contractPeriod", -1),
    ("tender.contractPeriod.startDate", 9),
    ("tender.contractPeriod.endDate", 9),
    ("tender.contractPeriod.maxExtentDate", 9),
    ("tender.contractPeriod.durationInDays", 10),
    ("tender.numberOfTenderers", 10),
    ("tender.tenderers", -1),
    ("tender.tenderers.name", -1),
    ("tender.tenderers.id", -1),
    ("tender.tenderers.identifier", -1),
    ("tender.tenderers.identifier.scheme", 2),
    ("tender.tenderers.identifier.id", -1),
    ("tender.tenderers.identifier.legalName", -1),
    ("tender.tenderers.identifier.uri", -1),
    ("tender.tenderers.address", -1),
    ("tender.tenderers.address.streetAddress", -1),
    ("tender.tenderers.address.locality", -1),
    ("tender.tenderers.address.region", -1),
    ("tender.tenderers.address.postalCode", -1),
    ("tender.tenderers.address.countryName", -1),
    ("tender.tenderers.additionalIdentifiers", -1),
    ("tender.tenderers.additionalIdentifiers.scheme", 2),
    ("tender.tenderers.additionalIdentifiers.id", -1),
    ("tender.tenderers.additionalIdentifiers.legalName", -1),
    ("tender.tenderers.additionalIdentifiers.uri", -1),
    ("tender.tenderers.contactPoint", -1),
    ("tender.tenderers.contactPoint.name", -1),
    ("tender.tenderers.contactPoint.email", 3),
    ("tender.tenderers.contactPoint.telephone", 4),
    ("tender.tenderers.contactPoint.faxNumber", 4),
    ("tender.tenderers.contactPoint.url", -1),
    ("tender.documents", -1),
    ("tender.documents.id", -1),
    ("tender.documents.documentType", 11),
    ("tender.documents.title", -1),
    ("tender.documents.description", 6),
    ("tender.documents.url", -1),
    ("tender.documents.datePublished", 1),
    ("tender.documents.dateModified", 1),
    ("tender.documents.format", 7),
    ("tender.documents.language", 8),
    ("tender.milestones", -1),
    ("tender.milestones.id", -1),
    ("tender.milestones.title", -1),
    ("tender.milestones.type", -1),
    ("tender.milestones.description", -1),
    ("tender.milestones.code", -1),
    ("tender.milestones.dueDate", 9),
    ("tender.milestones.dateMet", 1),
    ("tender.milestones.dateModified", 1),
    ("tender.milestones.status", -1),
    ("tender.milestones.documents", -1),
    ("tender.milestones.documents.id", -1),
    ("tender.milestones.documents.documentType", 11),
    ("tender.milestones.documents.title", -1),
    ("tender.milestones.documents.description", 6),
    ("tender.milestones.documents.url", -1),
    ("tender.milestones.documents.datePublished", 1),
    ("tender.milestones.documents.dateModified", 1),
    ("tender.milestones.documents.format", 7),
    ("tender.milestones.documents.language", 8),
    ("tender.amendments", -1),
    ("tender.amendments.date", 1),
    ("tender.amendments.rationale", -1),
    ("tender.amendments.id", -1),
    ("tender.amendments.description", -1),
    ("tender.amendments.amendsReleaseID", -1),
    ("tender.amendments.releaseID", -1),
    ("tender.amendments.changes", -1),
    ("tender.amendments.changes.property", -1),
    ("tender.amendments.changes.former_value", -1),
    ("tender.amendment", -1),
    ("tender.amendment.date", 1),
    ("tender.amendment.rationale", -1),
    ("tender.amendment.id", -1),
    ("tender.amendment.description", -1),
    ("tender.amendment.amendsReleaseID", -1),
    ("tender.amendment.releaseID", -1),
    ("tender.amendment.changes", -1),
    ("tender.amendment.changes.property", -1),
    ("tender.amendment.changes.former_value", -1),
    ("awards", -1),
    ("awards.id", -1),
    ("awards.title", -1),
    ("awards.description", -1),
    ("awards.status", -1),
    ("awards.date", 1),
    ("awards.value", -1),
    ("awards.value.amount", -1),
    ("awards.value.currency", -1),
    ("awards.suppliers", -1),
    ("awards.suppliers.name", -1),
    ("awards.suppliers.id", -1),
    ("awards.suppliers.identifier", -1),
    ("awards.suppliers.identifier.scheme", 2),
    ("awards.suppliers.identifier.id", -1),
    ("awards.suppliers.identifier.legalName", -1),
    ("awards.suppliers.identifier.uri", -1),
    ("awards.suppliers.address", -1),
    ("awards.suppliers.address.streetAddress", -1),
    ("awards.suppliers.address.locality", -1),
    ("awards.suppliers.address.region", -1),
    ("awards.suppliers.address.postalCode", -1),
    ("awards.suppliers.address.countryName", -1),
    ("awards.suppliers.additionalIdentifiers", -1),
    ("awards.suppliers.additionalIdentifiers.scheme", 2),
    ("awards.suppliers.additionalIdentifiers.id", -1),
    ("awards.suppliers.additionalIdentifiers.legalName", -1),
    ("awards.suppliers.additionalIdentifiers.uri", -1),
    ("awards.suppliers.contactPoint", -1),
    ("awards.suppliers.contactPoint.name", -1),
    ("awards.suppliers.contactPoint.email", 3),
    ("awards.suppliers.contactPoint.telephone", 4),
    ("awards.suppliers.contactPoint.faxNumber", 4),
    ("awards.suppliers.contactPoint.url", -1),
    ("awards.items", -1),
    ("awards.items.id", -1),
    ("awards.items.description", -1),
    ("awards.items.classification", -1),
    ("awards.items.classification.scheme", -1),
    ("awards.items.classification.id", -1),
    ("awards.items.classification.description", -1),
    ("awards.items.classification.uri", -1),
    ("awards.items.additionalClassifications", -1),
    ("awards.items.additionalClassifications.scheme", -1),
    ("awards.items.additionalClassifications.id", -1),
    ("awards.items.additionalClassifications.description", -1),
    ("awards.items.additionalClassifications.uri", -1),
    ("awards.items.quantity", 10),
    ("awards.items.unit", -1),
    ("awards.items.unit.scheme", -1),
    ("awards.items.unit.id", -1),
    ("awards.items.unit.name", -1),
    ("awards.items.unit.value", -1),
    ("awards.items.unit.value.amount", 10),
    ("awards.items.unit.value.currency", -1),
    ("awards.items.unit.uri", -1),
    ("awards.contractPeriod", -1),
    ("awards.contractPeriod.startDate", 9),
    ("awards.contractPeriod.endDate", 9),
    ("awards.contractPeriod.maxExtentDate", 9),
    ("awards.contractPeriod.durationInDays", 10),
    ("awards.documents", -1),
    ("awards.documents.id", -1),
    ("awards.documents.documentType", 12),
    ("awards.documents.title", -1),
    ("awards.documents.description", 6),
    ("awards.documents.url", -1),
    ("awards.documents.datePublished", 1),
    ("awards.documents.dateModified", 1),
    ("awards.documents.format", 7),
    ("awards.documents.language", 8),
    ("awards.amendments", -1),
    ("awards.amendments.date", 1),
    ("awards.amendments.rationale", -1),
    ("awards.amendments.id", -1),
    ("awards.amendments.description", -1),
    ("awards.amendments.amendsReleaseID", -1),
    ("awards.amendments.releaseID", -1),
    ("awards.amendments.changes", -1),
    ("awards.amendments.changes.property", -1),
    ("awards.amendments.changes.former_value", -1),
    ("awards.amendment", -1),
    ("awards.amendment.date", 1),
    ("awards.amendment.rationale", -1),
    ("awards.amendment.id", -1),
    ("awards.amendment.description", -1),
    ("awards.amendment.amendsReleaseID", -1),
    ("awards.amendment.releaseID", -1),
    ("awards.amendment.changes", -1),
    ("awards.amendment.changes.property", -1),
    ("awards.amendment.changes.former_value", -1),
    ("contracts", -1),
    ("contracts.id", -1),
    ("contracts.awardID", -1),
    ("contracts.title", -1),
    ("contracts.description", -1),
    ("contracts.status", -1),
    ("contracts.period", -1),
    ("contracts.period.startDate", 9),
    ("contracts.period.endDate", 9),
    ("contracts.period.maxExtentDate", 9),
    ("contracts.period.durationInDays", 10),
    ("contracts.value", -1),
    ("contracts.value.amount", -1),
    ("contracts.value.currency", -1),
    ("contracts.items", -1),
    ("contracts.items.id", -1),
    ("contracts.items.description", -1),
    ("contracts.items.classification", -1),
    ("contracts.items.classification.scheme", -1),
    ("contracts.items.classification.id", -1),
    ("contracts.items.classification.description", -1),
    ("contracts.items.classification.uri", -1),
    ("contracts.items.additionalClassifications", -1),
    ("contracts.items.additionalClassifications.scheme", -1),
    ("contracts.items.additionalClassifications.id", -1),
    ("contracts.items.additionalClassifications.description", -1),
    ("contracts.items.additionalClassifications.uri", -1),
    ("contracts.items.quantity", 10),
    ("contracts.items.unit", -1),
    ("contracts.items.unit.scheme", -1),
    ("contracts.items.unit.id", -1),
    ("contracts.items.unit.name", -1),
    ("contracts.items.unit.value", -1),
    ("contracts.items.unit.value.amount", 10),
    ("contracts.items.unit.value.currency", -1),
    ("contracts.items.unit.uri", -1),
    ("contracts.dateSigned", 1),
    ("contracts.documents", -1),
    ("contracts.documents.id", -1),
    ("contracts.documents.documentType", 13),
    ("contracts.documents.title", -1),
    ("contracts.documents.description", 6),
    ("contracts.documents.url", -1),
    ("contracts.documents.datePublished", 1),
    ("contracts.documents.dateModified", 1),
    ("contracts.documents.format", 7),
    ("contracts.documents.language", 8),
    ("contracts.implementation", -1),
    ("contracts.implementation.transactions", -1),
    ("contracts.implementation.transactions.id", -1),
    ("contracts.implementation.transactions.source", -1),
    ("contracts.implementation.transactions.date", 1),
    ("contracts.implementation.transactions.value", -1),
    ("contracts.implementation.transactions.value.amount", 10),
    ("contracts.implementation.transactions.value.currency", -1),
    ("contracts.implementation.transactions.payer", -1),
    ("contracts.implementation.transactions.payer.name", -1),
    ("contracts.implementation.transactions.payer.id", -1),
    ("contracts.implementation.transactions.payer.identifier", -1),
    ("contracts.implementation.transactions.payer.identifier.scheme", 2),
    ("contracts.implementation.transactions.payer.identifier.id", -1),
    ("contracts.implementation.transactions.payer.identifier.legalName", -1),
    ("contracts.implementation.transactions.payer.identifier.uri", -1),
    ("contracts.implementation.transactions.payer.address", -1),
    ("contracts.implementation.transactions.payer.address.streetAddress", -1),
    ("contracts.implementation.transactions.payer.address.locality", -1),
    ("contracts.implementation.transactions.payer.address.region", -1),
    ("contracts.implementation.transactions.payer.address.postalCode", -1),
    ("contracts.implementation.transactions.payer.address.countryName", -1),
    ("contracts.implementation.transactions.payer.additionalIdentifiers", -1),
    ("contracts.implementation.transactions.payer.additionalIdentifiers.scheme", 2),
    ("contracts.implementation.transactions.payer.additionalIdentifiers.id", -1),
    ("contracts.implementation.transactions.payer.additionalIdentifiers.legalName", -1),
    ("contracts.implementation.transactions.payer.additionalIdentifiers.uri", -1),
    ("contracts.implementation.transactions.payer.contactPoint", -1),
    ("contracts.implementation.transactions.payer.contactPoint.name", -1),
    ("contracts.implementation.transactions.payer.contactPoint.email", 3),
    ("contracts.implementation.transactions.payer.contactPoint.telephone", 4),
    ("contracts.implementation.transactions.payer.contactPoint.faxNumber", 4),
    ("contracts.implementation.transactions.payer.contactPoint.url", -1),
    ("contracts.implementation.transactions.payee", -1),
    ("contracts.implementation.transactions.payee.name", -1),
    ("contracts.implementation.transactions.payee.id", -1),
    ("contracts.implementation.transactions.payee.identifier", -1),
    ("contracts.implementation.transactions.payee.identifier.scheme", 2),
    ("contracts.implementation.transactions.payee.identifier.id", -1),
    ("contracts.implementation.transactions.payee.identifier.legalName", -1),
    ("contracts.implementation.transactions.payee.identifier.uri", -1),
    ("contracts.implementation.transactions.payee.address", -1),
    ("contracts.implementation.transactions.payee.address.streetAddress", -1),
    ("contracts.implementation.transactions.payee.address.locality", -1),
    ("contracts.implementation.transactions.payee.address.region", -1),
    ("contracts.implementation.transactions.payee.address.postalCode", -1),
    ("contracts.implementation.transactions.payee.address.countryName", -1),
    ("contracts.implementation.transactions.payee.additionalIdentifiers", -1),
    ("contracts.implementation.transactions.payee.additionalIdentifiers.scheme", 2),
    ("contracts.implementation.transactions.payee.additionalIdentifiers.id", -1),
    ("contracts.implementation.transactions.payee.additionalIdentifiers.legalName", -1),
    ("contracts.implementation.transactions.payee.additionalIdentifiers.uri", -1),
    ("contracts.implementation.transactions.payee.contactPoint", -1),
    ("contracts.implementation.transactions.payee.contactPoint.name", -1),
    ("contracts.implementation.transactions.payee.contactPoint.email", 3),
    ("contracts.implementation.transactions.payee.contactPoint.telephone", 4),
    ("contracts.implementation.transactions.payee.contactPoint.faxNumber", 4),
    ("contracts.implementation.transactions.payee.contactPoint.url", -1),
    ("contracts.implementation.transactions.uri", -1),
    ("contracts.implementation.transactions.amount", -1),
    ("contracts.implementation.transactions.amount.amount", 10),
    ("contracts.implementation.transactions.amount.currency", -1),
    ("contracts.implementation.transactions.providerOrganization", -1),
    ("contracts.implementation.transactions.providerOrganization.scheme", 2),
    ("contracts.implementation.transactions.providerOrganization.id", -1),
    ("contracts.implementation.transactions.providerOrganization.legalName", -1),
    ("contracts.implementation.transactions.providerOrganization.uri", -1),
    ("contracts.implementation.transactions.receiverOrganization", -1),
    ("contracts.implementation.transactions.receiverOrganization.scheme", 2),
    ("contracts.implementation.transactions.receiverOrganization.id", -1),
    ("contracts.implementation.transactions.receiverOrganization.legalName", -1),
    ("contracts.implementation.transactions.receiverOrganization.uri", -1),
    ("contracts.implementation.milestones", -1),
    ("contracts.implementation.milestones.id", -1),
    ("contracts.implementation.milestones.title", -1),
    ("contracts.implementation.milestones.type", -1),
    ("contracts.implementation.milestones.description", -1),
    ("contracts.implementation.milestones.code", -1),
    ("contracts.implementation.milestones.dueDate", 9),
    ("contracts.implementation.milestones.dateMet", 1),
    ("contracts.implementation.milestones.dateModified", 1),
    ("contracts.implementation.milestones.status", -1),
    ("contracts.implementation.milestones.documents", -1),
    ("contracts.implementation.milestones.documents.id", -1),
    ("contracts.implementation.milestones.documents.documentType", 14),
    ("contracts.implementation.milestones.documents.title", -1),
    ("contracts.implementation.milestones.documents.description", 6),
    ("contracts.implementation.milestones.documents.url", -1),
    ("contracts.implementation.milestones.documents.datePublished", 1),
    ("contracts.implementation.milestones.documents.dateModified", 1),
    ("contracts.implementation.milestones.documents.format", 7),
    ("contracts.implementation.milestones.documents.language", 8),
    ("contracts.implementation.documents", -1),
    ("contracts.implementation.documents.id", -1),
    ("contracts.implementation.documents.documentType", 14),
    ("contracts.implementation.documents.title", -1),
    ("contracts.implementation.documents.description", 6),
    ("contracts.implementation.documents.url", -1),
    ("contracts.implementation.documents.datePublished", 1),
    ("contracts.implementation.documents.dateModified", 1),
    ("contracts.implementation.documents.format", 7),
    ("contracts.implementation.documents.language", 8),
    ("contracts.relatedProcesses", -1),
    ("contracts.relatedProcesses.id", -1),
    ("contracts.relatedProcesses.relationship", -1),
    ("contracts.relatedProcesses.title", -1),
    ("contracts.relatedProcesses.scheme", -1),
    ("contracts.relatedProcesses.identifier", -1),
    ("contracts.relatedProcesses.uri", -1),
    ("contracts.milestones", -1),
    ("contracts.milestones.id", -1),
    ("contracts.milestones.title", -1),
    ("contracts.milestones.type", -1),
    ("contracts.milestones.description", -1),
    ("contracts.milestones.code", -1),
    ("contracts.milestones.dueDate", 9),
    ("contracts.milestones.dateMet", 1),
    ("contracts.milestones.dateModified", 1),
    ("contracts.milestones.status", -1),
    ("contracts.milestones.documents", -1),
    ("contracts.milestones.documents.id", -1),
    ("contracts.milestones.documents.documentType", 13),
    ("contracts.milestones.documents.title", -1),
    ("contracts.milestones.documents.description", 6),
    ("contracts.milestones.documents.url", -1),
    ("contracts.milestones.documents.datePublished", 1),
    ("contracts.milestones.documents.dateModified", 1),
    ("contracts.milestones.documents.format", 7),
    ("contracts.milestones.documents.language", 8),
    ("contracts.amendments", -1),
    ("contracts.amendments.date", 1),
    ("contracts.amendments.rationale", -1),
    ("contracts.amendments.id", -1),
    ("contracts.amendments.description", -1),
    ("contracts.amendments.amendsReleaseID", -1),
    ("contracts.amendments.releaseID", -1),
    ("contracts.amendments.changes", -1),
    ("contracts.amendments.changes.property", -1),
    ("contracts.amendments.changes.former_value", -1),
    ("contracts.amendment", -1),
    ("contracts.amendment.date", 1),
    ("contracts.amendment.rationale", -1),
    ("contracts.amendment.id", -1),
    ("contracts.amendment.description", -1),
    ("contracts.amendment.amendsReleaseID", -1),
    ("contracts.amendment.releaseID", -1),
    ("contracts.amendment.changes", -1),
    ("contracts.amendment.changes.property", -1),
    ("contracts.amendment.changes.former_value", -1),
    ("language", 8),
    ("relatedProcesses", -1),
    ("relatedProcesses.id", -1),
    ("relatedProcesses.relationship", -1),
    ("relatedProcesses.title", -1),
    ("relatedProcesses.scheme", -1),
    ("relatedProcesses.identifier", -1),
    ("relatedProcesses.uri", -1),
)


def _identifier_0(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("scheme", M)) is M else (type(v) is str and k[2].get(v)) or q.judge(2, v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("legalName", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}")


def _address_1(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("streetAddress", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("locality", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("region", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("postalCode", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("countryName", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}")


def _contactPoint_2(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("name", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("email", M)) is M else (type(v) is str and k[3].get(v)) or q.judge(3, v)
    o2 = "0" if (v := get("telephone", M)) is M else (type(v) is str and k[4].get(v)) or q.judge(4, v)
    o3 = "0" if (v := get("faxNumber", M)) is M else (type(v) is str and k[4].get(v)) or q.judge(4, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}")


def _parties_3(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("name", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("identifier", M)
    if v is M:
        o2 = "0"
    elif type(v) is dict:
        o2 = "s" if v else "O"
        _identifier_0(v, n + 1, add, q)
    else:
        o2 = _entries(v, _identifier_0, "XXXX", n + 1, add, q)
    v = get("additionalIdentifiers", M)
    if v is M:
        o3 = "0"
    elif type(v) is list:
        o3 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _identifier_0(e, n + 2, add, q)
            else:
                _entries([e], _identifier_0, "XXXX", n + 2, add, q)
    else:
        o3 = _entries(v, _identifier_0, "XXXX", n + 2, add, q)
    v = get("address", M)
    if v is M:
        o4 = "0"
    elif type(v) is dict:
        o4 = "s" if v else "O"
        _address_1(v, n + 3, add, q)
    else:
        o4 = _entries(v, _address_1, "XXXXX", n + 3, add, q)
    v = get("contactPoint", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _contactPoint_2(v, n + 4, add, q)
    else:
        o5 = _entries(v, _contactPoint_2, "XXXXX", n + 4, add, q)
    o6 = "0" if (v := get("roles", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o7 = "0" if (v := get("details", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}")


def _buyer_4(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("name", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("identifier", M)
    if v is M:
        o2 = "0"
    elif type(v) is dict:
        o2 = "s" if v else "O"
        _identifier_0(v, n + 1, add, q)
    else:
        o2 = _entries(v, _identifier_0, "XXXX", n + 1, add, q)
    v = get("address", M)
    if v is M:
        o3 = "0"
    elif type(v) is dict:
        o3 = "s" if v else "O"
        _address_1(v, n + 2, add, q)
    else:
        o3 = _entries(v, _address_1, "XXXXX", n + 2, add, q)
    v = get("additionalIdentifiers", M)
    if v is M:
        o4 = "0"
    elif type(v) is list:
        o4 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _identifier_0(e, n + 3, add, q)
            else:
                _entries([e], _identifier_0, "XXXX", n + 3, add, q)
    else:
        o4 = _entries(v, _identifier_0, "XXXX", n + 3, add, q)
    v = get("contactPoint", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _contactPoint_2(v, n + 4, add, q)
    else:
        o5 = _entries(v, _contactPoint_2, "XXXXX", n + 4, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}")


def _amount_5(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("amount", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("currency", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}")


def _budget_6(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("amount", M)
    if v is M:
        o2 = "0"
    elif type(v) is dict:
        o2 = "s" if v else "O"
        _amount_5(v, n + 1, add, q)
    else:
        o2 = _entries(v, _amount_5, "XX", n + 1, add, q)
    o3 = "0" if (v := get("project", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("projectID", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o6 = "0" if (v := get("source", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}")


def _documents_7(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("documentType", M)) is M else (type(v) is str and k[5].get(v)) or q.judge(5, v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "p" if type(v) is str and 0 < len(v) <= 250 else (type(v) is str and k[6].get(v)) or q.judge(6, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("datePublished", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o6 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("format", M)) is M else (type(v) is str and k[7].get(v)) or q.judge(7, v)
    o8 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}")


def _milestones_8(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("type", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("code", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("dueDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o6 = "0" if (v := get("dateMet", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o8 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_7(e, n + 1, add, q)
            else:
                _entries([e], _documents_7, "XXXXXXXXX", n + 1, add, q)
    else:
        o9 = _entries(v, _documents_7, "XXXXXXXXX", n + 1, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}")


def _planning_9(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("rationale", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("budget", M)
    if v is M:
        o1 = "0"
    elif type(v) is dict:
        o1 = "s" if v else "O"
        _budget_6(v, n + 1, add, q)
    else:
        o1 = _entries(v, _budget_6, "XXXXXXX", n + 1, add, q)
    v = get("documents", M)
    if v is M:
        o2 = "0"
    elif type(v) is list:
        o2 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_7(e, n + 3, add, q)
            else:
                _entries([e], _documents_7, "XXXXXXXXX", n + 3, add, q)
    else:
        o2 = _entries(v, _documents_7, "XXXXXXXXX", n + 3, add, q)
    v = get("milestones", M)
    if v is M:
        o3 = "0"
    elif type(v) is list:
        o3 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _milestones_8(e, n + 4, add, q)
            else:
                _entries([e], _milestones_8, "XXXXXXXXXX", n + 4, add, q)
    else:
        o3 = _entries(v, _milestones_8, "XXXXXXXXXX", n + 4, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}")


def _classification_10(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("scheme", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}")


def _value_11(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("amount", M)) is M else "p" if (type(v) is int or type(v) is float) and v >= 0 else (type(v) is str and k[10].get(v)) or q.judge(10, v)
    o1 = "0" if (v := get("currency", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}")


def _unit_12(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("scheme", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("name", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("value", M)
    if v is M:
        o3 = "0"
    elif type(v) is dict:
        o3 = "s" if v else "O"
        _value_11(v, n + 1, add, q)
    else:
        o3 = _entries(v, _value_11, "XX", n + 1, add, q)
    o4 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}")


def _items_13(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("classification", M)
    if v is M:
        o2 = "0"
    elif type(v) is dict:
        o2 = "s" if v else "O"
        _classification_10(v, n + 1, add, q)
    else:
        o2 = _entries(v, _classification_10, "XXXX", n + 1, add, q)
    v = get("additionalClassifications", M)
    if v is M:
        o3 = "0"
    elif type(v) is list:
        o3 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _classification_10(e, n + 2, add, q)
            else:
                _entries([e], _classification_10, "XXXX", n + 2, add, q)
    else:
        o3 = _entries(v, _classification_10, "XXXX", n + 2, add, q)
    o4 = "0" if (v := get("quantity", M)) is M else "p" if (type(v) is int or type(v) is float) and v >= 0 else (type(v) is str and k[10].get(v)) or q.judge(10, v)
    v = get("unit", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _unit_12(v, n + 3, add, q)
    else:
        o5 = _entries(v, _unit_12, "XXXXX", n + 3, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}")


def _tenderPeriod_14(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("startDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o1 = "0" if (v := get("endDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o2 = "0" if (v := get("maxExtentDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o3 = "0" if (v := get("durationInDays", M)) is M else "p" if (type(v) is int or type(v) is float) and v >= 0 else (type(v) is str and k[10].get(v)) or q.judge(10, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}")


def _documents_15(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("documentType", M)) is M else (type(v) is str and k[11].get(v)) or q.judge(11, v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "p" if type(v) is str and 0 < len(v) <= 250 else (type(v) is str and k[6].get(v)) or q.judge(6, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("datePublished", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o6 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("format", M)) is M else (type(v) is str and k[7].get(v)) or q.judge(7, v)
    o8 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}")


def _milestones_16(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("type", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("code", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("dueDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o6 = "0" if (v := get("dateMet", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o8 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_15(e, n + 1, add, q)
            else:
                _entries([e], _documents_15, "XXXXXXXXX", n + 1, add, q)
    else:
        o9 = _entries(v, _documents_15, "XXXXXXXXX", n + 1, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}")


def _changes_17(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("property", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("former_value", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}")


def _amendments_18(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("date", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o1 = "0" if (v := get("rationale", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("amendsReleaseID", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("releaseID", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("changes", M)
    if v is M:
        o6 = "0"
    elif type(v) is list:
        o6 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _changes_17(e, n + 1, add, q)
            else:
                _entries([e], _changes_17, "XX", n + 1, add, q)
    else:
        o6 = _entries(v, _changes_17, "XX", n + 1, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}")


def _tender_19(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("procuringEntity", M)
    if v is M:
        o4 = "0"
    elif type(v) is dict:
        o4 = "s" if v else "O"
        _buyer_4(v, n + 1, add, q)
    else:
        o4 = _entries(v, _buyer_4, "XXXXXX", n + 1, add, q)
    v = get("items", M)
    if v is M:
        o5 = "0"
    elif type(v) is list:
        o5 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _items_13(e, n + 6, add, q)
            else:
                _entries([e], _items_13, "XXXXXX", n + 6, add, q)
    else:
        o5 = _entries(v, _items_13, "XXXXXX", n + 6, add, q)
    v = get("value", M)
    if v is M:
        o6 = "0"
    elif type(v) is dict:
        o6 = "s" if v else "O"
        _amount_5(v, n + 11, add, q)
    else:
        o6 = _entries(v, _amount_5, "XX", n + 11, add, q)
    v = get("minValue", M)
    if v is M:
        o7 = "0"
    elif type(v) is dict:
        o7 = "s" if v else "O"
        _amount_5(v, n + 12, add, q)
    else:
        o7 = _entries(v, _amount_5, "XX", n + 12, add, q)
    o8 = "0" if (v := get("procurementMethod", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o9 = "0" if (v := get("procurementMethodDetails", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o10 = "0" if (v := get("procurementMethodRationale", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o11 = "0" if (v := get("mainProcurementCategory", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o12 = "0" if (v := get("additionalProcurementCategories", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o13 = "0" if (v := get("awardCriteria", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o14 = "0" if (v := get("awardCriteriaDetails", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o15 = "0" if (v := get("submissionMethod", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o16 = "0" if (v := get("submissionMethodDetails", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("tenderPeriod", M)
    if v is M:
        o17 = "0"
    elif type(v) is dict:
        o17 = "s" if v else "O"
        _tenderPeriod_14(v, n + 13, add, q)
    else:
        o17 = _entries(v, _tenderPeriod_14, "XXXX", n + 13, add, q)
    v = get("enquiryPeriod", M)
    if v is M:
        o18 = "0"
    elif type(v) is dict:
        o18 = "s" if v else "O"
        _tenderPeriod_14(v, n + 14, add, q)
    else:
        o18 = _entries(v, _tenderPeriod_14, "XXXX", n + 14, add, q)
    o19 = "0" if (v := get("hasEnquiries", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o20 = "0" if (v := get("eligibilityCriteria", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("awardPeriod", M)
    if v is M:
        o21 = "0"
    elif type(v) is dict:
        o21 = "s" if v else "O"
        _tenderPeriod_14(v, n + 15, add, q)
    else:
        o21 = _entries(v, _tenderPeriod_14, "XXXX", n + 15, add, q)
    v = get("contractPeriod", M)
    if v is M:
        o22 = "0"
    elif type(v) is dict:
        o22 = "s" if v else "O"
        _tenderPeriod_14(v, n + 16, add, q)
    else:
        o22 = _entries(v, _tenderPeriod_14, "XXXX", n + 16, add, q)
    o23 = "0" if (v := get("numberOfTenderers", M)) is M else "p" if (type(v) is int or type(v) is float) and v >= 0 else (type(v) is str and k[10].get(v)) or q.judge(10, v)
    v = get("tenderers", M)
    if v is M:
        o24 = "0"
    elif type(v) is list:
        o24 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _buyer_4(e, n + 17, add, q)
            else:
                _entries([e], _buyer_4, "XXXXXX", n + 17, add, q)
    else:
        o24 = _entries(v, _buyer_4, "XXXXXX", n + 17, add, q)
    v = get("documents", M)
    if v is M:
        o25 = "0"
    elif type(v) is list:
        o25 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_15(e, n + 22, add, q)
            else:
                _entries([e], _documents_15, "XXXXXXXXX", n + 22, add, q)
    else:
        o25 = _entries(v, _documents_15, "XXXXXXXXX", n + 22, add, q)
    v = get("milestones", M)
    if v is M:
        o26 = "0"
    elif type(v) is list:
        o26 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _milestones_16(e, n + 23, add, q)
            else:
                _entries([e], _milestones_16, "XXXXXXXXXX", n + 23, add, q)
    else:
        o26 = _entries(v, _milestones_16, "XXXXXXXXXX", n + 23, add, q)
    v = get("amendments", M)
    if v is M:
        o27 = "0"
    elif type(v) is list:
        o27 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _amendments_18(e, n + 25, add, q)
            else:
                _entries([e], _amendments_18, "XXXXXXX", n + 25, add, q)
    else:
        o27 = _entries(v, _amendments_18, "XXXXXXX", n + 25, add, q)
    v = get("amendment", M)
    if v is M:
        o28 = "0"
    elif type(v) is dict:
        o28 = "s" if v else "O"
        _amendments_18(v, n + 27, add, q)
    else:
        o28 = _entries(v, _amendments_18, "XXXXXXX", n + 27, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}{o10}{o11}{o12}{o13}{o14}{o15}{o16}{o17}{o18}{o19}{o20}{o21}{o22}{o23}{o24}{o25}{o26}{o27}{o28}")


def _documents_20(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("documentType", M)) is M else (type(v) is str and k[12].get(v)) or q.judge(12, v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "p" if type(v) is str and 0 < len(v) <= 250 else (type(v) is str and k[6].get(v)) or q.judge(6, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("datePublished", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o6 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("format", M)) is M else (type(v) is str and k[7].get(v)) or q.judge(7, v)
    o8 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}")


def _awards_21(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("date", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    v = get("value", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _amount_5(v, n + 1, add, q)
    else:
        o5 = _entries(v, _amount_5, "XX", n + 1, add, q)
    v = get("suppliers", M)
    if v is M:
        o6 = "0"
    elif type(v) is list:
        o6 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _buyer_4(e, n + 2, add, q)
            else:
                _entries([e], _buyer_4, "XXXXXX", n + 2, add, q)
    else:
        o6 = _entries(v, _buyer_4, "XXXXXX", n + 2, add, q)
    v = get("items", M)
    if v is M:
        o7 = "0"
    elif type(v) is list:
        o7 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _items_13(e, n + 7, add, q)
            else:
                _entries([e], _items_13, "XXXXXX", n + 7, add, q)
    else:
        o7 = _entries(v, _items_13, "XXXXXX", n + 7, add, q)
    v = get("contractPeriod", M)
    if v is M:
        o8 = "0"
    elif type(v) is dict:
        o8 = "s" if v else "O"
        _tenderPeriod_14(v, n + 12, add, q)
    else:
        o8 = _entries(v, _tenderPeriod_14, "XXXX", n + 12, add, q)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_20(e, n + 13, add, q)
            else:
                _entries([e], _documents_20, "XXXXXXXXX", n + 13, add, q)
    else:
        o9 = _entries(v, _documents_20, "XXXXXXXXX", n + 13, add, q)
    v = get("amendments", M)
    if v is M:
        o10 = "0"
    elif type(v) is list:
        o10 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _amendments_18(e, n + 14, add, q)
            else:
                _entries([e], _amendments_18, "XXXXXXX", n + 14, add, q)
    else:
        o10 = _entries(v, _amendments_18, "XXXXXXX", n + 14, add, q)
    v = get("amendment", M)
    if v is M:
        o11 = "0"
    elif type(v) is dict:
        o11 = "s" if v else "O"
        _amendments_18(v, n + 16, add, q)
    else:
        o11 = _entries(v, _amendments_18, "XXXXXXX", n + 16, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}{o10}{o11}")


def _documents_22(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("documentType", M)) is M else (type(v) is str and k[13].get(v)) or q.judge(13, v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "p" if type(v) is str and 0 < len(v) <= 250 else (type(v) is str and k[6].get(v)) or q.judge(6, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("datePublished", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o6 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("format", M)) is M else (type(v) is str and k[7].get(v)) or q.judge(7, v)
    o8 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}")


def _transactions_23(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("source", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("date", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    v = get("value", M)
    if v is M:
        o3 = "0"
    elif type(v) is dict:
        o3 = "s" if v else "O"
        _value_11(v, n + 1, add, q)
    else:
        o3 = _entries(v, _value_11, "XX", n + 1, add, q)
    v = get("payer", M)
    if v is M:
        o4 = "0"
    elif type(v) is dict:
        o4 = "s" if v else "O"
        _buyer_4(v, n + 2, add, q)
    else:
        o4 = _entries(v, _buyer_4, "XXXXXX", n + 2, add, q)
    v = get("payee", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _buyer_4(v, n + 7, add, q)
    else:
        o5 = _entries(v, _buyer_4, "XXXXXX", n + 7, add, q)
    o6 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("amount", M)
    if v is M:
        o7 = "0"
    elif type(v) is dict:
        o7 = "s" if v else "O"
        _value_11(v, n + 12, add, q)
    else:
        o7 = _entries(v, _value_11, "XX", n + 12, add, q)
    v = get("providerOrganization", M)
    if v is M:
        o8 = "0"
    elif type(v) is dict:
        o8 = "s" if v else "O"
        _identifier_0(v, n + 13, add, q)
    else:
        o8 = _entries(v, _identifier_0, "XXXX", n + 13, add, q)
    v = get("receiverOrganization", M)
    if v is M:
        o9 = "0"
    elif type(v) is dict:
        o9 = "s" if v else "O"
        _identifier_0(v, n + 14, add, q)
    else:
        o9 = _entries(v, _identifier_0, "XXXX", n + 14, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}")


def _documents_24(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("documentType", M)) is M else (type(v) is str and k[14].get(v)) or q.judge(14, v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "p" if type(v) is str and 0 < len(v) <= 250 else (type(v) is str and k[6].get(v)) or q.judge(6, v)
    o4 = "0" if (v := get("url", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("datePublished", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o6 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("format", M)) is M else (type(v) is str and k[7].get(v)) or q.judge(7, v)
    o8 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}")


def _milestones_25(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("type", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("code", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("dueDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o6 = "0" if (v := get("dateMet", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o8 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_24(e, n + 1, add, q)
            else:
                _entries([e], _documents_24, "XXXXXXXXX", n + 1, add, q)
    else:
        o9 = _entries(v, _documents_24, "XXXXXXXXX", n + 1, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}")


def _implementation_26(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    v = get("transactions", M)
    if v is M:
        o0 = "0"
    elif type(v) is list:
        o0 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _transactions_23(e, n + 1, add, q)
            else:
                _entries([e], _transactions_23, "XXXXXXXXXX", n + 1, add, q)
    else:
        o0 = _entries(v, _transactions_23, "XXXXXXXXXX", n + 1, add, q)
    v = get("milestones", M)
    if v is M:
        o1 = "0"
    elif type(v) is list:
        o1 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _milestones_25(e, n + 16, add, q)
            else:
                _entries([e], _milestones_25, "XXXXXXXXXX", n + 16, add, q)
    else:
        o1 = _entries(v, _milestones_25, "XXXXXXXXXX", n + 16, add, q)
    v = get("documents", M)
    if v is M:
        o2 = "0"
    elif type(v) is list:
        o2 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_24(e, n + 18, add, q)
            else:
                _entries([e], _documents_24, "XXXXXXXXX", n + 18, add, q)
    else:
        o2 = _entries(v, _documents_24, "XXXXXXXXX", n + 18, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}")


def _relatedProcesses_27(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("relationship", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("scheme", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("identifier", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("uri", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}")


def _milestones_28(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("type", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("code", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o5 = "0" if (v := get("dueDate", M)) is M else (type(v) is str and k[9].get(v[:10])) or q.judge(9, v)
    o6 = "0" if (v := get("dateMet", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o7 = "0" if (v := get("dateModified", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o8 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_22(e, n + 1, add, q)
            else:
                _entries([e], _documents_22, "XXXXXXXXX", n + 1, add, q)
    else:
        o9 = _entries(v, _documents_22, "XXXXXXXXX", n + 1, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}")


def _contracts_29(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o1 = "0" if (v := get("awardID", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("title", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o3 = "0" if (v := get("description", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("status", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("period", M)
    if v is M:
        o5 = "0"
    elif type(v) is dict:
        o5 = "s" if v else "O"
        _tenderPeriod_14(v, n + 1, add, q)
    else:
        o5 = _entries(v, _tenderPeriod_14, "XXXX", n + 1, add, q)
    v = get("value", M)
    if v is M:
        o6 = "0"
    elif type(v) is dict:
        o6 = "s" if v else "O"
        _amount_5(v, n + 2, add, q)
    else:
        o6 = _entries(v, _amount_5, "XX", n + 2, add, q)
    v = get("items", M)
    if v is M:
        o7 = "0"
    elif type(v) is list:
        o7 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _items_13(e, n + 3, add, q)
            else:
                _entries([e], _items_13, "XXXXXX", n + 3, add, q)
    else:
        o7 = _entries(v, _items_13, "XXXXXX", n + 3, add, q)
    o8 = "0" if (v := get("dateSigned", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    v = get("documents", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _documents_22(e, n + 8, add, q)
            else:
                _entries([e], _documents_22, "XXXXXXXXX", n + 8, add, q)
    else:
        o9 = _entries(v, _documents_22, "XXXXXXXXX", n + 8, add, q)
    v = get("implementation", M)
    if v is M:
        o10 = "0"
    elif type(v) is dict:
        o10 = "s" if v else "O"
        _implementation_26(v, n + 9, add, q)
    else:
        o10 = _entries(v, _implementation_26, "XXX", n + 9, add, q)
    v = get("relatedProcesses", M)
    if v is M:
        o11 = "0"
    elif type(v) is list:
        o11 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _relatedProcesses_27(e, n + 28, add, q)
            else:
                _entries([e], _relatedProcesses_27, "XXXXXX", n + 28, add, q)
    else:
        o11 = _entries(v, _relatedProcesses_27, "XXXXXX", n + 28, add, q)
    v = get("milestones", M)
    if v is M:
        o12 = "0"
    elif type(v) is list:
        o12 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _milestones_28(e, n + 29, add, q)
            else:
                _entries([e], _milestones_28, "XXXXXXXXXX", n + 29, add, q)
    else:
        o12 = _entries(v, _milestones_28, "XXXXXXXXXX", n + 29, add, q)
    v = get("amendments", M)
    if v is M:
        o13 = "0"
    elif type(v) is list:
        o13 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _amendments_18(e, n + 31, add, q)
            else:
                _entries([e], _amendments_18, "XXXXXXX", n + 31, add, q)
    else:
        o13 = _entries(v, _amendments_18, "XXXXXXX", n + 31, add, q)
    v = get("amendment", M)
    if v is M:
        o14 = "0"
    elif type(v) is dict:
        o14 = "s" if v else "O"
        _amendments_18(v, n + 33, add, q)
    else:
        o14 = _entries(v, _amendments_18, "XXXXXXX", n + 33, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}{o10}{o11}{o12}{o13}{o14}")


def _release_30(d: dict[str, Any], n: int, add: Add, q: Quality) -> None:
    get = d.get
    k = q.known
    o0 = "0" if (v := get("ocid", M)) is M else (type(v) is str and k[0].get(v[:11])) or q.judge(0, v)
    o1 = "0" if (v := get("id", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o2 = "0" if (v := get("date", M)) is M else (type(v) is str and k[1].get(v[:10])) or q.judge(1, v)
    o3 = "0" if (v := get("tag", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    o4 = "0" if (v := get("initiationType", M)) is M else "s" if v else "E" if v == "" else of_value(v)
    v = get("parties", M)
    if v is M:
        o5 = "0"
    elif type(v) is list:
        o5 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _parties_3(e, n + 1, add, q)
            else:
                _entries([e], _parties_3, "XXXXXXXX", n + 1, add, q)
    else:
        o5 = _entries(v, _parties_3, "XXXXXXXX", n + 1, add, q)
    v = get("buyer", M)
    if v is M:
        o6 = "0"
    elif type(v) is dict:
        o6 = "s" if v else "O"
        _buyer_4(v, n + 6, add, q)
    else:
        o6 = _entries(v, _buyer_4, "XXXXXX", n + 6, add, q)
    v = get("planning", M)
    if v is M:
        o7 = "0"
    elif type(v) is dict:
        o7 = "s" if v else "O"
        _planning_9(v, n + 11, add, q)
    else:
        o7 = _entries(v, _planning_9, "XXXX", n + 11, add, q)
    v = get("tender", M)
    if v is M:
        o8 = "0"
    elif type(v) is dict:
        o8 = "s" if v else "O"
        _tender_19(v, n + 17, add, q)
    else:
        o8 = _entries(v, _tender_19, "XXXXXXXXXXXXXXXXXXXXXXXXXXXXX", n + 17, add, q)
    v = get("awards", M)
    if v is M:
        o9 = "0"
    elif type(v) is list:
        o9 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _awards_21(e, n + 46, add, q)
            else:
                _entries([e], _awards_21, "XXXXXXXXXXXX", n + 46, add, q)
    else:
        o9 = _entries(v, _awards_21, "XXXXXXXXXXXX", n + 46, add, q)
    v = get("contracts", M)
    if v is M:
        o10 = "0"
    elif type(v) is list:
        o10 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _contracts_29(e, n + 64, add, q)
            else:
                _entries([e], _contracts_29, "XXXXXXXXXXXXXXX", n + 64, add, q)
    else:
        o10 = _entries(v, _contracts_29, "XXXXXXXXXXXXXXX", n + 64, add, q)
    o11 = "0" if (v := get("language", M)) is M else (type(v) is str and k[8].get(v)) or q.judge(8, v)
    v = get("relatedProcesses", M)
    if v is M:
        o12 = "0"
    elif type(v) is list:
        o12 = "s" if v else "L"
        for e in v:
            if type(e) is dict:
                _relatedProcesses_27(e, n + 99, add, q)
            else:
                _entries([e], _relatedProcesses_27, "XXXXXX", n + 99, add, q)
    else:
        o12 = _entries(v, _relatedProcesses_27, "XXXXXX", n + 99, add, q)
    add(f"{MARKS[n]}{o0}{o1}{o2}{o3}{o4}{o5}{o6}{o7}{o8}{o9}{o10}{o11}{o12}")



def _entries(value: Any, function: Walk, letters: str, n: int, add: Add, q: Quality) -> str:
    """Take a value that isn't of the kind expected where objects of a node stand; give its own outcome."""
    if type(value) is dict:
        function(value, n, add, q)
    elif type(value) is list:
        for entry in value:
            if type(entry) is dict:
                function(entry, n, add, q)
            elif type(entry) is list:
                _inner(entry, function, letters, n, add, q)
            else:
                add(MARKS[n] + letters)
    else:
        add(MARKS[n] + letters)
    return of_value(value)


def _inner(entries: list[Any], function: Walk, letters: str, n: int, add: Add, q: Quality) -> None:
    """Take a list in a list: its entries are occurrences, but what they contain is not entered."""
    for entry in entries:
        if type(entry) is dict:
            signatures: list[str] = []
            function(entry, n, signatures.append, q)
            add(signatures[-1])
        else:
            add(MARKS[n] + letters)


def walk(release: dict[str, Any], quality: Quality) -> list[str]:
    """Give the signatures of a release: those of what a node contains before its own, the release's own last."""
    signatures: list[str] = []
    _release_30(release, 0, signatures.append, quality)
    return signatures
