package dev.penstock.samples.bigquery;

import java.time.Clock;

/** What the parts of the endpoint share. */
record LocalServices(
    Store store,
    Catalog catalog,
    SourceFiles sources,
    Faults faults,
    Clock clock,
    int reportedErrors) {}
