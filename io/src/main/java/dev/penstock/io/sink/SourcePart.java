package dev.penstock.io.sink;

/**
 * A part of a source that one worker reads from end to end: the records that begin at or after one
 * byte and before another. The same part of an unchanged source holds the same records in every run
 * and every retry.
 *
 * @param source name of the file, as in the ledger
 * @param modified when the file was last changed, in milliseconds since 1970
 * @param from offset at which the part's first record may begin; 0 for the first part
 */
public record SourcePart(String source, long modified, long from) {}
