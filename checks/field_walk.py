"""Walks a release once, and gives the outcomes of all its fields as signatures (`checks.outcomes`).

Generated from `checks/fields.toml` by `make fields`: change that file, not this one. `checks.fields` says in readable
code what this does, and tests hold both against each other.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from checks.outcomes import of_value
from checks.quality import Quality, Variant

Add = Callable[[int], object]
Variants = Sequence[Variant]
Walk = Callable[[dict[str, Any], int, Add, Variants], None]

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


def _identifier_0(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "scheme" in d:
        v = d["scheme"]
        o += (k[2][v] if type(v) is str else k[2].judge(v)) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "legalName" in d:
        o += 1 << 16 if d["legalName"] else 5 << 16 if d["legalName"] == "" else of_value(d["legalName"]) << 16
    if "uri" in d:
        o += 1 << 20 if d["uri"] else 5 << 20 if d["uri"] == "" else of_value(d["uri"]) << 20
    add(o)


def _address_1(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "streetAddress" in d:
        o += 1 << 8 if d["streetAddress"] else 5 << 8 if d["streetAddress"] == "" else of_value(d["streetAddress"]) << 8
    if "locality" in d:
        o += 1 << 12 if d["locality"] else 5 << 12 if d["locality"] == "" else of_value(d["locality"]) << 12
    if "region" in d:
        o += 1 << 16 if d["region"] else 5 << 16 if d["region"] == "" else of_value(d["region"]) << 16
    if "postalCode" in d:
        o += 1 << 20 if d["postalCode"] else 5 << 20 if d["postalCode"] == "" else of_value(d["postalCode"]) << 20
    if "countryName" in d:
        o += 1 << 24 if d["countryName"] else 5 << 24 if d["countryName"] == "" else of_value(d["countryName"]) << 24
    add(o)


def _contactPoint_2(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "name" in d:
        o += 1 << 8 if d["name"] else 5 << 8 if d["name"] == "" else of_value(d["name"]) << 8
    if "email" in d:
        v = d["email"]
        o += (k[3][v] if type(v) is str else k[3].judge(v)) << 12
    if "telephone" in d:
        v = d["telephone"]
        o += (k[4][v] if type(v) is str else k[4].judge(v)) << 16
    if "faxNumber" in d:
        v = d["faxNumber"]
        o += (k[4][v] if type(v) is str else k[4].judge(v)) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    add(o)


def _parties_3(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "name" in d:
        o += 1 << 8 if d["name"] else 5 << 8 if d["name"] == "" else of_value(d["name"]) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "identifier" in d:
        v = d["identifier"]
        if type(v) is dict:
            o += 1 << 16 if v else 3 << 16
            _identifier_0(v, n + 1, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 1, add, k) << 16
    if "additionalIdentifiers" in d:
        v = d["additionalIdentifiers"]
        if type(v) is list:
            o += 1 << 20 if v else 4 << 20
            for e in v:
                if type(e) is dict:
                    _identifier_0(e, n + 2, add, k)
                else:
                    _entries([e], _identifier_0, 0x666600, n + 2, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 2, add, k) << 20
    if "address" in d:
        v = d["address"]
        if type(v) is dict:
            o += 1 << 24 if v else 3 << 24
            _address_1(v, n + 3, add, k)
        else:
            o += _entries(v, _address_1, 0x6666600, n + 3, add, k) << 24
    if "contactPoint" in d:
        v = d["contactPoint"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _contactPoint_2(v, n + 4, add, k)
        else:
            o += _entries(v, _contactPoint_2, 0x6666600, n + 4, add, k) << 28
    if "roles" in d:
        o += 1 << 32 if d["roles"] else 5 << 32 if d["roles"] == "" else of_value(d["roles"]) << 32
    if "details" in d:
        o += 1 << 36 if d["details"] else 5 << 36 if d["details"] == "" else of_value(d["details"]) << 36
    add(o)


def _buyer_4(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "name" in d:
        o += 1 << 8 if d["name"] else 5 << 8 if d["name"] == "" else of_value(d["name"]) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "identifier" in d:
        v = d["identifier"]
        if type(v) is dict:
            o += 1 << 16 if v else 3 << 16
            _identifier_0(v, n + 1, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 1, add, k) << 16
    if "address" in d:
        v = d["address"]
        if type(v) is dict:
            o += 1 << 20 if v else 3 << 20
            _address_1(v, n + 2, add, k)
        else:
            o += _entries(v, _address_1, 0x6666600, n + 2, add, k) << 20
    if "additionalIdentifiers" in d:
        v = d["additionalIdentifiers"]
        if type(v) is list:
            o += 1 << 24 if v else 4 << 24
            for e in v:
                if type(e) is dict:
                    _identifier_0(e, n + 3, add, k)
                else:
                    _entries([e], _identifier_0, 0x666600, n + 3, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 3, add, k) << 24
    if "contactPoint" in d:
        v = d["contactPoint"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _contactPoint_2(v, n + 4, add, k)
        else:
            o += _entries(v, _contactPoint_2, 0x6666600, n + 4, add, k) << 28
    add(o)


def _amount_5(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "amount" in d:
        o += 1 << 8 if d["amount"] else 5 << 8 if d["amount"] == "" else of_value(d["amount"]) << 8
    if "currency" in d:
        o += 1 << 12 if d["currency"] else 5 << 12 if d["currency"] == "" else of_value(d["currency"]) << 12
    add(o)


def _budget_6(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "description" in d:
        o += 1 << 12 if d["description"] else 5 << 12 if d["description"] == "" else of_value(d["description"]) << 12
    if "amount" in d:
        v = d["amount"]
        if type(v) is dict:
            o += 1 << 16 if v else 3 << 16
            _amount_5(v, n + 1, add, k)
        else:
            o += _entries(v, _amount_5, 0x6600, n + 1, add, k) << 16
    if "project" in d:
        o += 1 << 20 if d["project"] else 5 << 20 if d["project"] == "" else of_value(d["project"]) << 20
    if "projectID" in d:
        o += 1 << 24 if d["projectID"] else 5 << 24 if d["projectID"] == "" else of_value(d["projectID"]) << 24
    if "uri" in d:
        o += 1 << 28 if d["uri"] else 5 << 28 if d["uri"] == "" else of_value(d["uri"]) << 28
    if "source" in d:
        o += 1 << 32 if d["source"] else 5 << 32 if d["source"] == "" else of_value(d["source"]) << 32
    add(o)


def _documents_7(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "documentType" in d:
        v = d["documentType"]
        o += (k[5][v] if type(v) is str else k[5].judge(v)) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        v = d["description"]
        o += 1 << 20 if type(v) is str and 0 < len(v) <= 250 else k[6].judge(v) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    if "datePublished" in d:
        v = d["datePublished"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 28
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "format" in d:
        v = d["format"]
        o += (k[7][v] if type(v) is str else k[7].judge(v)) << 36
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 40
    add(o)


def _milestones_8(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "type" in d:
        o += 1 << 16 if d["type"] else 5 << 16 if d["type"] == "" else of_value(d["type"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "code" in d:
        o += 1 << 24 if d["code"] else 5 << 24 if d["code"] == "" else of_value(d["code"]) << 24
    if "dueDate" in d:
        v = d["dueDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 28
    if "dateMet" in d:
        v = d["dateMet"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 36
    if "status" in d:
        o += 1 << 40 if d["status"] else 5 << 40 if d["status"] == "" else of_value(d["status"]) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_7(e, n + 1, add, k)
                else:
                    _entries([e], _documents_7, 0x66666666600, n + 1, add, k)
        else:
            o += _entries(v, _documents_7, 0x66666666600, n + 1, add, k) << 44
    add(o)


def _planning_9(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "rationale" in d:
        o += 1 << 8 if d["rationale"] else 5 << 8 if d["rationale"] == "" else of_value(d["rationale"]) << 8
    if "budget" in d:
        v = d["budget"]
        if type(v) is dict:
            o += 1 << 12 if v else 3 << 12
            _budget_6(v, n + 1, add, k)
        else:
            o += _entries(v, _budget_6, 0x666666600, n + 1, add, k) << 12
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 16 if v else 4 << 16
            for e in v:
                if type(e) is dict:
                    _documents_7(e, n + 3, add, k)
                else:
                    _entries([e], _documents_7, 0x66666666600, n + 3, add, k)
        else:
            o += _entries(v, _documents_7, 0x66666666600, n + 3, add, k) << 16
    if "milestones" in d:
        v = d["milestones"]
        if type(v) is list:
            o += 1 << 20 if v else 4 << 20
            for e in v:
                if type(e) is dict:
                    _milestones_8(e, n + 4, add, k)
                else:
                    _entries([e], _milestones_8, 0x666666666600, n + 4, add, k)
        else:
            o += _entries(v, _milestones_8, 0x666666666600, n + 4, add, k) << 20
    add(o)


def _classification_10(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "scheme" in d:
        o += 1 << 8 if d["scheme"] else 5 << 8 if d["scheme"] == "" else of_value(d["scheme"]) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "description" in d:
        o += 1 << 16 if d["description"] else 5 << 16 if d["description"] == "" else of_value(d["description"]) << 16
    if "uri" in d:
        o += 1 << 20 if d["uri"] else 5 << 20 if d["uri"] == "" else of_value(d["uri"]) << 20
    add(o)


def _value_11(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "amount" in d:
        v = d["amount"]
        o += 1 << 8 if (type(v) is int or type(v) is float) and v >= 0 else (k[10][v] if type(v) is str else k[10].judge(v)) << 8
    if "currency" in d:
        o += 1 << 12 if d["currency"] else 5 << 12 if d["currency"] == "" else of_value(d["currency"]) << 12
    add(o)


def _unit_12(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "scheme" in d:
        o += 1 << 8 if d["scheme"] else 5 << 8 if d["scheme"] == "" else of_value(d["scheme"]) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "name" in d:
        o += 1 << 16 if d["name"] else 5 << 16 if d["name"] == "" else of_value(d["name"]) << 16
    if "value" in d:
        v = d["value"]
        if type(v) is dict:
            o += 1 << 20 if v else 3 << 20
            _value_11(v, n + 1, add, k)
        else:
            o += _entries(v, _value_11, 0x6600, n + 1, add, k) << 20
    if "uri" in d:
        o += 1 << 24 if d["uri"] else 5 << 24 if d["uri"] == "" else of_value(d["uri"]) << 24
    add(o)


def _items_13(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "description" in d:
        o += 1 << 12 if d["description"] else 5 << 12 if d["description"] == "" else of_value(d["description"]) << 12
    if "classification" in d:
        v = d["classification"]
        if type(v) is dict:
            o += 1 << 16 if v else 3 << 16
            _classification_10(v, n + 1, add, k)
        else:
            o += _entries(v, _classification_10, 0x666600, n + 1, add, k) << 16
    if "additionalClassifications" in d:
        v = d["additionalClassifications"]
        if type(v) is list:
            o += 1 << 20 if v else 4 << 20
            for e in v:
                if type(e) is dict:
                    _classification_10(e, n + 2, add, k)
                else:
                    _entries([e], _classification_10, 0x666600, n + 2, add, k)
        else:
            o += _entries(v, _classification_10, 0x666600, n + 2, add, k) << 20
    if "quantity" in d:
        v = d["quantity"]
        o += 1 << 24 if (type(v) is int or type(v) is float) and v >= 0 else (k[10][v] if type(v) is str else k[10].judge(v)) << 24
    if "unit" in d:
        v = d["unit"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _unit_12(v, n + 3, add, k)
        else:
            o += _entries(v, _unit_12, 0x6666600, n + 3, add, k) << 28
    add(o)


def _tenderPeriod_14(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "startDate" in d:
        v = d["startDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 8
    if "endDate" in d:
        v = d["endDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 12
    if "maxExtentDate" in d:
        v = d["maxExtentDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 16
    if "durationInDays" in d:
        v = d["durationInDays"]
        o += 1 << 20 if (type(v) is int or type(v) is float) and v >= 0 else (k[10][v] if type(v) is str else k[10].judge(v)) << 20
    add(o)


def _documents_15(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "documentType" in d:
        v = d["documentType"]
        o += (k[11][v] if type(v) is str else k[11].judge(v)) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        v = d["description"]
        o += 1 << 20 if type(v) is str and 0 < len(v) <= 250 else k[6].judge(v) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    if "datePublished" in d:
        v = d["datePublished"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 28
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "format" in d:
        v = d["format"]
        o += (k[7][v] if type(v) is str else k[7].judge(v)) << 36
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 40
    add(o)


def _milestones_16(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "type" in d:
        o += 1 << 16 if d["type"] else 5 << 16 if d["type"] == "" else of_value(d["type"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "code" in d:
        o += 1 << 24 if d["code"] else 5 << 24 if d["code"] == "" else of_value(d["code"]) << 24
    if "dueDate" in d:
        v = d["dueDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 28
    if "dateMet" in d:
        v = d["dateMet"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 36
    if "status" in d:
        o += 1 << 40 if d["status"] else 5 << 40 if d["status"] == "" else of_value(d["status"]) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_15(e, n + 1, add, k)
                else:
                    _entries([e], _documents_15, 0x66666666600, n + 1, add, k)
        else:
            o += _entries(v, _documents_15, 0x66666666600, n + 1, add, k) << 44
    add(o)


def _changes_17(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "property" in d:
        o += 1 << 8 if d["property"] else 5 << 8 if d["property"] == "" else of_value(d["property"]) << 8
    if "former_value" in d:
        o += 1 << 12 if d["former_value"] else 5 << 12 if d["former_value"] == "" else of_value(d["former_value"]) << 12
    add(o)


def _amendments_18(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "date" in d:
        v = d["date"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 8
    if "rationale" in d:
        o += 1 << 12 if d["rationale"] else 5 << 12 if d["rationale"] == "" else of_value(d["rationale"]) << 12
    if "id" in d:
        o += 1 << 16 if d["id"] else 5 << 16 if d["id"] == "" else of_value(d["id"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "amendsReleaseID" in d:
        o += 1 << 24 if d["amendsReleaseID"] else 5 << 24 if d["amendsReleaseID"] == "" else of_value(d["amendsReleaseID"]) << 24
    if "releaseID" in d:
        o += 1 << 28 if d["releaseID"] else 5 << 28 if d["releaseID"] == "" else of_value(d["releaseID"]) << 28
    if "changes" in d:
        v = d["changes"]
        if type(v) is list:
            o += 1 << 32 if v else 4 << 32
            for e in v:
                if type(e) is dict:
                    _changes_17(e, n + 1, add, k)
                else:
                    _entries([e], _changes_17, 0x6600, n + 1, add, k)
        else:
            o += _entries(v, _changes_17, 0x6600, n + 1, add, k) << 32
    add(o)


def _tender_19(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "description" in d:
        o += 1 << 16 if d["description"] else 5 << 16 if d["description"] == "" else of_value(d["description"]) << 16
    if "status" in d:
        o += 1 << 20 if d["status"] else 5 << 20 if d["status"] == "" else of_value(d["status"]) << 20
    if "procuringEntity" in d:
        v = d["procuringEntity"]
        if type(v) is dict:
            o += 1 << 24 if v else 3 << 24
            _buyer_4(v, n + 1, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 1, add, k) << 24
    if "items" in d:
        v = d["items"]
        if type(v) is list:
            o += 1 << 28 if v else 4 << 28
            for e in v:
                if type(e) is dict:
                    _items_13(e, n + 6, add, k)
                else:
                    _entries([e], _items_13, 0x66666600, n + 6, add, k)
        else:
            o += _entries(v, _items_13, 0x66666600, n + 6, add, k) << 28
    if "value" in d:
        v = d["value"]
        if type(v) is dict:
            o += 1 << 32 if v else 3 << 32
            _amount_5(v, n + 11, add, k)
        else:
            o += _entries(v, _amount_5, 0x6600, n + 11, add, k) << 32
    if "minValue" in d:
        v = d["minValue"]
        if type(v) is dict:
            o += 1 << 36 if v else 3 << 36
            _amount_5(v, n + 12, add, k)
        else:
            o += _entries(v, _amount_5, 0x6600, n + 12, add, k) << 36
    if "procurementMethod" in d:
        o += 1 << 40 if d["procurementMethod"] else 5 << 40 if d["procurementMethod"] == "" else of_value(d["procurementMethod"]) << 40
    if "procurementMethodDetails" in d:
        o += 1 << 44 if d["procurementMethodDetails"] else 5 << 44 if d["procurementMethodDetails"] == "" else of_value(d["procurementMethodDetails"]) << 44
    if "procurementMethodRationale" in d:
        o += 1 << 48 if d["procurementMethodRationale"] else 5 << 48 if d["procurementMethodRationale"] == "" else of_value(d["procurementMethodRationale"]) << 48
    if "mainProcurementCategory" in d:
        o += 1 << 52 if d["mainProcurementCategory"] else 5 << 52 if d["mainProcurementCategory"] == "" else of_value(d["mainProcurementCategory"]) << 52
    if "additionalProcurementCategories" in d:
        o += 1 << 56 if d["additionalProcurementCategories"] else 5 << 56 if d["additionalProcurementCategories"] == "" else of_value(d["additionalProcurementCategories"]) << 56
    if "awardCriteria" in d:
        o += 1 << 60 if d["awardCriteria"] else 5 << 60 if d["awardCriteria"] == "" else of_value(d["awardCriteria"]) << 60
    if "awardCriteriaDetails" in d:
        o += 1 << 64 if d["awardCriteriaDetails"] else 5 << 64 if d["awardCriteriaDetails"] == "" else of_value(d["awardCriteriaDetails"]) << 64
    if "submissionMethod" in d:
        o += 1 << 68 if d["submissionMethod"] else 5 << 68 if d["submissionMethod"] == "" else of_value(d["submissionMethod"]) << 68
    if "submissionMethodDetails" in d:
        o += 1 << 72 if d["submissionMethodDetails"] else 5 << 72 if d["submissionMethodDetails"] == "" else of_value(d["submissionMethodDetails"]) << 72
    if "tenderPeriod" in d:
        v = d["tenderPeriod"]
        if type(v) is dict:
            o += 1 << 76 if v else 3 << 76
            _tenderPeriod_14(v, n + 13, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 13, add, k) << 76
    if "enquiryPeriod" in d:
        v = d["enquiryPeriod"]
        if type(v) is dict:
            o += 1 << 80 if v else 3 << 80
            _tenderPeriod_14(v, n + 14, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 14, add, k) << 80
    if "hasEnquiries" in d:
        o += 1 << 84 if d["hasEnquiries"] else 5 << 84 if d["hasEnquiries"] == "" else of_value(d["hasEnquiries"]) << 84
    if "eligibilityCriteria" in d:
        o += 1 << 88 if d["eligibilityCriteria"] else 5 << 88 if d["eligibilityCriteria"] == "" else of_value(d["eligibilityCriteria"]) << 88
    if "awardPeriod" in d:
        v = d["awardPeriod"]
        if type(v) is dict:
            o += 1 << 92 if v else 3 << 92
            _tenderPeriod_14(v, n + 15, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 15, add, k) << 92
    if "contractPeriod" in d:
        v = d["contractPeriod"]
        if type(v) is dict:
            o += 1 << 96 if v else 3 << 96
            _tenderPeriod_14(v, n + 16, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 16, add, k) << 96
    if "numberOfTenderers" in d:
        v = d["numberOfTenderers"]
        o += 1 << 100 if (type(v) is int or type(v) is float) and v >= 0 else (k[10][v] if type(v) is str else k[10].judge(v)) << 100
    if "tenderers" in d:
        v = d["tenderers"]
        if type(v) is list:
            o += 1 << 104 if v else 4 << 104
            for e in v:
                if type(e) is dict:
                    _buyer_4(e, n + 17, add, k)
                else:
                    _entries([e], _buyer_4, 0x66666600, n + 17, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 17, add, k) << 104
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 108 if v else 4 << 108
            for e in v:
                if type(e) is dict:
                    _documents_15(e, n + 22, add, k)
                else:
                    _entries([e], _documents_15, 0x66666666600, n + 22, add, k)
        else:
            o += _entries(v, _documents_15, 0x66666666600, n + 22, add, k) << 108
    if "milestones" in d:
        v = d["milestones"]
        if type(v) is list:
            o += 1 << 112 if v else 4 << 112
            for e in v:
                if type(e) is dict:
                    _milestones_16(e, n + 23, add, k)
                else:
                    _entries([e], _milestones_16, 0x666666666600, n + 23, add, k)
        else:
            o += _entries(v, _milestones_16, 0x666666666600, n + 23, add, k) << 112
    if "amendments" in d:
        v = d["amendments"]
        if type(v) is list:
            o += 1 << 116 if v else 4 << 116
            for e in v:
                if type(e) is dict:
                    _amendments_18(e, n + 25, add, k)
                else:
                    _entries([e], _amendments_18, 0x666666600, n + 25, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 25, add, k) << 116
    if "amendment" in d:
        v = d["amendment"]
        if type(v) is dict:
            o += 1 << 120 if v else 3 << 120
            _amendments_18(v, n + 27, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 27, add, k) << 120
    add(o)


def _documents_20(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "documentType" in d:
        v = d["documentType"]
        o += (k[12][v] if type(v) is str else k[12].judge(v)) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        v = d["description"]
        o += 1 << 20 if type(v) is str and 0 < len(v) <= 250 else k[6].judge(v) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    if "datePublished" in d:
        v = d["datePublished"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 28
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "format" in d:
        v = d["format"]
        o += (k[7][v] if type(v) is str else k[7].judge(v)) << 36
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 40
    add(o)


def _awards_21(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "description" in d:
        o += 1 << 16 if d["description"] else 5 << 16 if d["description"] == "" else of_value(d["description"]) << 16
    if "status" in d:
        o += 1 << 20 if d["status"] else 5 << 20 if d["status"] == "" else of_value(d["status"]) << 20
    if "date" in d:
        v = d["date"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 24
    if "value" in d:
        v = d["value"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _amount_5(v, n + 1, add, k)
        else:
            o += _entries(v, _amount_5, 0x6600, n + 1, add, k) << 28
    if "suppliers" in d:
        v = d["suppliers"]
        if type(v) is list:
            o += 1 << 32 if v else 4 << 32
            for e in v:
                if type(e) is dict:
                    _buyer_4(e, n + 2, add, k)
                else:
                    _entries([e], _buyer_4, 0x66666600, n + 2, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 2, add, k) << 32
    if "items" in d:
        v = d["items"]
        if type(v) is list:
            o += 1 << 36 if v else 4 << 36
            for e in v:
                if type(e) is dict:
                    _items_13(e, n + 7, add, k)
                else:
                    _entries([e], _items_13, 0x66666600, n + 7, add, k)
        else:
            o += _entries(v, _items_13, 0x66666600, n + 7, add, k) << 36
    if "contractPeriod" in d:
        v = d["contractPeriod"]
        if type(v) is dict:
            o += 1 << 40 if v else 3 << 40
            _tenderPeriod_14(v, n + 12, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 12, add, k) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_20(e, n + 13, add, k)
                else:
                    _entries([e], _documents_20, 0x66666666600, n + 13, add, k)
        else:
            o += _entries(v, _documents_20, 0x66666666600, n + 13, add, k) << 44
    if "amendments" in d:
        v = d["amendments"]
        if type(v) is list:
            o += 1 << 48 if v else 4 << 48
            for e in v:
                if type(e) is dict:
                    _amendments_18(e, n + 14, add, k)
                else:
                    _entries([e], _amendments_18, 0x666666600, n + 14, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 14, add, k) << 48
    if "amendment" in d:
        v = d["amendment"]
        if type(v) is dict:
            o += 1 << 52 if v else 3 << 52
            _amendments_18(v, n + 16, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 16, add, k) << 52
    add(o)


def _documents_22(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "documentType" in d:
        v = d["documentType"]
        o += (k[13][v] if type(v) is str else k[13].judge(v)) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        v = d["description"]
        o += 1 << 20 if type(v) is str and 0 < len(v) <= 250 else k[6].judge(v) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    if "datePublished" in d:
        v = d["datePublished"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 28
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "format" in d:
        v = d["format"]
        o += (k[7][v] if type(v) is str else k[7].judge(v)) << 36
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 40
    add(o)


def _transactions_23(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "source" in d:
        o += 1 << 12 if d["source"] else 5 << 12 if d["source"] == "" else of_value(d["source"]) << 12
    if "date" in d:
        v = d["date"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 16
    if "value" in d:
        v = d["value"]
        if type(v) is dict:
            o += 1 << 20 if v else 3 << 20
            _value_11(v, n + 1, add, k)
        else:
            o += _entries(v, _value_11, 0x6600, n + 1, add, k) << 20
    if "payer" in d:
        v = d["payer"]
        if type(v) is dict:
            o += 1 << 24 if v else 3 << 24
            _buyer_4(v, n + 2, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 2, add, k) << 24
    if "payee" in d:
        v = d["payee"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _buyer_4(v, n + 7, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 7, add, k) << 28
    if "uri" in d:
        o += 1 << 32 if d["uri"] else 5 << 32 if d["uri"] == "" else of_value(d["uri"]) << 32
    if "amount" in d:
        v = d["amount"]
        if type(v) is dict:
            o += 1 << 36 if v else 3 << 36
            _value_11(v, n + 12, add, k)
        else:
            o += _entries(v, _value_11, 0x6600, n + 12, add, k) << 36
    if "providerOrganization" in d:
        v = d["providerOrganization"]
        if type(v) is dict:
            o += 1 << 40 if v else 3 << 40
            _identifier_0(v, n + 13, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 13, add, k) << 40
    if "receiverOrganization" in d:
        v = d["receiverOrganization"]
        if type(v) is dict:
            o += 1 << 44 if v else 3 << 44
            _identifier_0(v, n + 14, add, k)
        else:
            o += _entries(v, _identifier_0, 0x666600, n + 14, add, k) << 44
    add(o)


def _documents_24(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "documentType" in d:
        v = d["documentType"]
        o += (k[14][v] if type(v) is str else k[14].judge(v)) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        v = d["description"]
        o += 1 << 20 if type(v) is str and 0 < len(v) <= 250 else k[6].judge(v) << 20
    if "url" in d:
        o += 1 << 24 if d["url"] else 5 << 24 if d["url"] == "" else of_value(d["url"]) << 24
    if "datePublished" in d:
        v = d["datePublished"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 28
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "format" in d:
        v = d["format"]
        o += (k[7][v] if type(v) is str else k[7].judge(v)) << 36
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 40
    add(o)


def _milestones_25(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "type" in d:
        o += 1 << 16 if d["type"] else 5 << 16 if d["type"] == "" else of_value(d["type"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "code" in d:
        o += 1 << 24 if d["code"] else 5 << 24 if d["code"] == "" else of_value(d["code"]) << 24
    if "dueDate" in d:
        v = d["dueDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 28
    if "dateMet" in d:
        v = d["dateMet"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 36
    if "status" in d:
        o += 1 << 40 if d["status"] else 5 << 40 if d["status"] == "" else of_value(d["status"]) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_24(e, n + 1, add, k)
                else:
                    _entries([e], _documents_24, 0x66666666600, n + 1, add, k)
        else:
            o += _entries(v, _documents_24, 0x66666666600, n + 1, add, k) << 44
    add(o)


def _implementation_26(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "transactions" in d:
        v = d["transactions"]
        if type(v) is list:
            o += 1 << 8 if v else 4 << 8
            for e in v:
                if type(e) is dict:
                    _transactions_23(e, n + 1, add, k)
                else:
                    _entries([e], _transactions_23, 0x666666666600, n + 1, add, k)
        else:
            o += _entries(v, _transactions_23, 0x666666666600, n + 1, add, k) << 8
    if "milestones" in d:
        v = d["milestones"]
        if type(v) is list:
            o += 1 << 12 if v else 4 << 12
            for e in v:
                if type(e) is dict:
                    _milestones_25(e, n + 16, add, k)
                else:
                    _entries([e], _milestones_25, 0x666666666600, n + 16, add, k)
        else:
            o += _entries(v, _milestones_25, 0x666666666600, n + 16, add, k) << 12
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 16 if v else 4 << 16
            for e in v:
                if type(e) is dict:
                    _documents_24(e, n + 18, add, k)
                else:
                    _entries([e], _documents_24, 0x66666666600, n + 18, add, k)
        else:
            o += _entries(v, _documents_24, 0x66666666600, n + 18, add, k) << 16
    add(o)


def _relatedProcesses_27(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "relationship" in d:
        o += 1 << 12 if d["relationship"] else 5 << 12 if d["relationship"] == "" else of_value(d["relationship"]) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "scheme" in d:
        o += 1 << 20 if d["scheme"] else 5 << 20 if d["scheme"] == "" else of_value(d["scheme"]) << 20
    if "identifier" in d:
        o += 1 << 24 if d["identifier"] else 5 << 24 if d["identifier"] == "" else of_value(d["identifier"]) << 24
    if "uri" in d:
        o += 1 << 28 if d["uri"] else 5 << 28 if d["uri"] == "" else of_value(d["uri"]) << 28
    add(o)


def _milestones_28(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "title" in d:
        o += 1 << 12 if d["title"] else 5 << 12 if d["title"] == "" else of_value(d["title"]) << 12
    if "type" in d:
        o += 1 << 16 if d["type"] else 5 << 16 if d["type"] == "" else of_value(d["type"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "code" in d:
        o += 1 << 24 if d["code"] else 5 << 24 if d["code"] == "" else of_value(d["code"]) << 24
    if "dueDate" in d:
        v = d["dueDate"]
        o += (k[9][v[:10]] if type(v) is str else k[9].judge(v)) << 28
    if "dateMet" in d:
        v = d["dateMet"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 32
    if "dateModified" in d:
        v = d["dateModified"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 36
    if "status" in d:
        o += 1 << 40 if d["status"] else 5 << 40 if d["status"] == "" else of_value(d["status"]) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_22(e, n + 1, add, k)
                else:
                    _entries([e], _documents_22, 0x66666666600, n + 1, add, k)
        else:
            o += _entries(v, _documents_22, 0x66666666600, n + 1, add, k) << 44
    add(o)


def _contracts_29(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "id" in d:
        o += 1 << 8 if d["id"] else 5 << 8 if d["id"] == "" else of_value(d["id"]) << 8
    if "awardID" in d:
        o += 1 << 12 if d["awardID"] else 5 << 12 if d["awardID"] == "" else of_value(d["awardID"]) << 12
    if "title" in d:
        o += 1 << 16 if d["title"] else 5 << 16 if d["title"] == "" else of_value(d["title"]) << 16
    if "description" in d:
        o += 1 << 20 if d["description"] else 5 << 20 if d["description"] == "" else of_value(d["description"]) << 20
    if "status" in d:
        o += 1 << 24 if d["status"] else 5 << 24 if d["status"] == "" else of_value(d["status"]) << 24
    if "period" in d:
        v = d["period"]
        if type(v) is dict:
            o += 1 << 28 if v else 3 << 28
            _tenderPeriod_14(v, n + 1, add, k)
        else:
            o += _entries(v, _tenderPeriod_14, 0x666600, n + 1, add, k) << 28
    if "value" in d:
        v = d["value"]
        if type(v) is dict:
            o += 1 << 32 if v else 3 << 32
            _amount_5(v, n + 2, add, k)
        else:
            o += _entries(v, _amount_5, 0x6600, n + 2, add, k) << 32
    if "items" in d:
        v = d["items"]
        if type(v) is list:
            o += 1 << 36 if v else 4 << 36
            for e in v:
                if type(e) is dict:
                    _items_13(e, n + 3, add, k)
                else:
                    _entries([e], _items_13, 0x66666600, n + 3, add, k)
        else:
            o += _entries(v, _items_13, 0x66666600, n + 3, add, k) << 36
    if "dateSigned" in d:
        v = d["dateSigned"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 40
    if "documents" in d:
        v = d["documents"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _documents_22(e, n + 8, add, k)
                else:
                    _entries([e], _documents_22, 0x66666666600, n + 8, add, k)
        else:
            o += _entries(v, _documents_22, 0x66666666600, n + 8, add, k) << 44
    if "implementation" in d:
        v = d["implementation"]
        if type(v) is dict:
            o += 1 << 48 if v else 3 << 48
            _implementation_26(v, n + 9, add, k)
        else:
            o += _entries(v, _implementation_26, 0x66600, n + 9, add, k) << 48
    if "relatedProcesses" in d:
        v = d["relatedProcesses"]
        if type(v) is list:
            o += 1 << 52 if v else 4 << 52
            for e in v:
                if type(e) is dict:
                    _relatedProcesses_27(e, n + 28, add, k)
                else:
                    _entries([e], _relatedProcesses_27, 0x66666600, n + 28, add, k)
        else:
            o += _entries(v, _relatedProcesses_27, 0x66666600, n + 28, add, k) << 52
    if "milestones" in d:
        v = d["milestones"]
        if type(v) is list:
            o += 1 << 56 if v else 4 << 56
            for e in v:
                if type(e) is dict:
                    _milestones_28(e, n + 29, add, k)
                else:
                    _entries([e], _milestones_28, 0x666666666600, n + 29, add, k)
        else:
            o += _entries(v, _milestones_28, 0x666666666600, n + 29, add, k) << 56
    if "amendments" in d:
        v = d["amendments"]
        if type(v) is list:
            o += 1 << 60 if v else 4 << 60
            for e in v:
                if type(e) is dict:
                    _amendments_18(e, n + 31, add, k)
                else:
                    _entries([e], _amendments_18, 0x666666600, n + 31, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 31, add, k) << 60
    if "amendment" in d:
        v = d["amendment"]
        if type(v) is dict:
            o += 1 << 64 if v else 3 << 64
            _amendments_18(v, n + 33, add, k)
        else:
            o += _entries(v, _amendments_18, 0x666666600, n + 33, add, k) << 64
    add(o)


def _release_30(d: dict[str, Any], n: int, add: Add, k: Variants) -> None:
    o = n
    if "ocid" in d:
        v = d["ocid"]
        o += (k[0][v[:11]] if type(v) is str else k[0].judge(v)) << 8
    if "id" in d:
        o += 1 << 12 if d["id"] else 5 << 12 if d["id"] == "" else of_value(d["id"]) << 12
    if "date" in d:
        v = d["date"]
        o += (k[1][v[:10]] if type(v) is str else k[1].judge(v)) << 16
    if "tag" in d:
        o += 1 << 20 if d["tag"] else 5 << 20 if d["tag"] == "" else of_value(d["tag"]) << 20
    if "initiationType" in d:
        o += 1 << 24 if d["initiationType"] else 5 << 24 if d["initiationType"] == "" else of_value(d["initiationType"]) << 24
    if "parties" in d:
        v = d["parties"]
        if type(v) is list:
            o += 1 << 28 if v else 4 << 28
            for e in v:
                if type(e) is dict:
                    _parties_3(e, n + 1, add, k)
                else:
                    _entries([e], _parties_3, 0x6666666600, n + 1, add, k)
        else:
            o += _entries(v, _parties_3, 0x6666666600, n + 1, add, k) << 28
    if "buyer" in d:
        v = d["buyer"]
        if type(v) is dict:
            o += 1 << 32 if v else 3 << 32
            _buyer_4(v, n + 6, add, k)
        else:
            o += _entries(v, _buyer_4, 0x66666600, n + 6, add, k) << 32
    if "planning" in d:
        v = d["planning"]
        if type(v) is dict:
            o += 1 << 36 if v else 3 << 36
            _planning_9(v, n + 11, add, k)
        else:
            o += _entries(v, _planning_9, 0x666600, n + 11, add, k) << 36
    if "tender" in d:
        v = d["tender"]
        if type(v) is dict:
            o += 1 << 40 if v else 3 << 40
            _tender_19(v, n + 17, add, k)
        else:
            o += _entries(v, _tender_19, 0x6666666666666666666666666666600, n + 17, add, k) << 40
    if "awards" in d:
        v = d["awards"]
        if type(v) is list:
            o += 1 << 44 if v else 4 << 44
            for e in v:
                if type(e) is dict:
                    _awards_21(e, n + 46, add, k)
                else:
                    _entries([e], _awards_21, 0x66666666666600, n + 46, add, k)
        else:
            o += _entries(v, _awards_21, 0x66666666666600, n + 46, add, k) << 44
    if "contracts" in d:
        v = d["contracts"]
        if type(v) is list:
            o += 1 << 48 if v else 4 << 48
            for e in v:
                if type(e) is dict:
                    _contracts_29(e, n + 64, add, k)
                else:
                    _entries([e], _contracts_29, 0x66666666666666600, n + 64, add, k)
        else:
            o += _entries(v, _contracts_29, 0x66666666666666600, n + 64, add, k) << 48
    if "language" in d:
        v = d["language"]
        o += (k[8][v] if type(v) is str else k[8].judge(v)) << 52
    if "relatedProcesses" in d:
        v = d["relatedProcesses"]
        if type(v) is list:
            o += 1 << 56 if v else 4 << 56
            for e in v:
                if type(e) is dict:
                    _relatedProcesses_27(e, n + 99, add, k)
                else:
                    _entries([e], _relatedProcesses_27, 0x66666600, n + 99, add, k)
        else:
            o += _entries(v, _relatedProcesses_27, 0x66666600, n + 99, add, k) << 56
    add(o)



def _entries(value: Any, function: Walk, strays: int, n: int, add: Add, k: Variants) -> int:
    """Take a value that isn't of the kind expected where objects of a node stand; give its own outcome."""
    if type(value) is dict:
        function(value, n, add, k)
    elif type(value) is list:
        for entry in value:
            if type(entry) is dict:
                function(entry, n, add, k)
            elif type(entry) is list:
                _inner(entry, function, strays, n, add, k)
            else:
                add(n + strays)
    else:
        add(n + strays)
    return of_value(value)


def _inner(entries: list[Any], function: Walk, strays: int, n: int, add: Add, k: Variants) -> None:
    """Take a list in a list: its entries are occurrences, but what they contain is not entered."""
    for entry in entries:
        if type(entry) is dict:
            signatures: list[int] = []
            function(entry, n, signatures.append, k)
            add(signatures[-1])
        else:
            add(n + strays)


def walk(release: dict[str, Any], quality: Quality) -> list[int]:
    """Give the signatures of a release: those of what a node contains before its own, the release's own last."""
    signatures: list[int] = []
    _release_30(release, 0, signatures.append, quality.variants)
    return signatures
