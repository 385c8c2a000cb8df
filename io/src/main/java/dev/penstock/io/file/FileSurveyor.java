package dev.penstock.io.file;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Divides a file into ranges of whole records, so that reading the ranges gives exactly what
 * reading the file from its beginning gives.
 */
interface FileSurveyor extends Serializable {
  /** Finds the records of one block of a file that can be read from anywhere. */
  BlockSurvey survey(MatchResult.Metadata file, long from, long to) throws IOException;

  /** Joins the surveys of all blocks of a file to ranges of whole records. */
  List<FileRange> ranges(MatchResult.Metadata file, List<BlockSurvey> surveys) throws IOException;
}
