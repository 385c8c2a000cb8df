package dev.penstock.io.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Finds the files of a run and divides large ones, spread over the workers. */
final class PlanRanges extends PTransform<PBegin, PCollection<FileRange>> {
  private static final long serialVersionUID = 1L;
  private static final FileRange.RangeCoder RANGES = new FileRange.RangeCoder();
  private static final TupleTag<FileRange> WHOLE = new TupleTag<>() {};
  private static final TupleTag<FileRange> BLOCKS = new TupleTag<>() {};

  private final List<String> globs;
  private final FileFormat<?> format;
  private final SplitSize splitSize;
  private final long maxRecords;

  PlanRanges(List<String> globs, FileFormat<?> format, SplitSize splitSize, long maxRecords) {
    this.globs = globs;
    this.format = format;
    this.splitSize = splitSize;
    this.maxRecords = maxRecords;
  }

  @Override
  public PCollection<FileRange> expand(PBegin begin) {
    PCollectionTuple files =
        begin
            .apply("Start", Impulse.create())
            .apply(
                "MatchFiles",
                ParDo.of(new MatchFn(globs, format, splitSize, maxRecords))
                    .withOutputTags(WHOLE, TupleTagList.of(BLOCKS)));
    PCollection<FileRange> ranges =
        files
            .get(BLOCKS)
            .setCoder(RANGES)
            .apply("SpreadBlocks", Reshuffle.viaRandomKey())
            .apply("SurveyBlocks", ParDo.of(new SurveyFn(format.surveyor())))
            .setCoder(KvCoder.of(MetadataCoderV2.of(), new BlockSurvey.SurveyCoder()))
            .apply("BlocksOfAFile", GroupByKey.create())
            .apply("JoinBlocks", ParDo.of(new JoinFn(format.surveyor())))
            .setCoder(RANGES);
    return PCollectionList.of(files.get(WHOLE).setCoder(RANGES))
        .and(ranges)
        .apply("AllRanges", Flatten.pCollections())
        .apply("SpreadRanges", Reshuffle.viaRandomKey());
  }

  static final class MatchFn extends DoFn<byte[], FileRange> {
    private static final long serialVersionUID = 1L;
    private final List<String> globs;
    private final FileFormat<?> format;
    private final SplitSize splitSize;
    private final long maxRecords;

    MatchFn(List<String> globs, FileFormat<?> format, SplitSize splitSize, long maxRecords) {
      this.globs = globs;
      this.format = format;
      this.splitSize = splitSize;
      this.maxRecords = maxRecords;
    }

    @ProcessElement
    public void process(MultiOutputReceiver out) throws IOException {
      List<MatchResult.Metadata> files = InputFiles.match(globs);
      if (maxRecords > 0) {
        heads(files, out.get(WHOLE));
        return;
      }
      for (MatchResult.Metadata file : files) {
        long size = readableFromAnywhere(file) ? splitSize.of(file.sizeBytes()) : 0;
        if (size == 0) {
          out.get(WHOLE).output(FileRange.whole(file));
          continue;
        }
        for (long from = 0; from < file.sizeBytes(); from += size) {
          long to = Math.min(from + size, file.sizeBytes());
          out.get(BLOCKS).output(FileRange.block(file, from, to));
        }
      }
    }

    private static boolean readableFromAnywhere(MatchResult.Metadata file) {
      return file.isReadSeekEfficient()
          && Compression.detect(file.resourceId().toString()) == Compression.UNCOMPRESSED;
    }

    private void heads(List<MatchResult.Metadata> files, OutputReceiver<FileRange> out)
        throws IOException {
      long left = maxRecords;
      for (MatchResult.Metadata file : files) {
        if (left == 0) {
          return;
        }
        FileFormat.Head head = format.head(file, left);
        left -= head.count();
        out.output(head.range());
      }
    }
  }

  static final class SurveyFn extends DoFn<FileRange, KV<MatchResult.Metadata, BlockSurvey>> {
    private static final long serialVersionUID = 1L;
    private final FileSurveyor surveyor;

    SurveyFn(FileSurveyor surveyor) {
      this.surveyor = surveyor;
    }

    @ProcessElement
    public void process(
        @Element FileRange block, OutputReceiver<KV<MatchResult.Metadata, BlockSurvey>> out)
        throws IOException {
      out.output(KV.of(block.file(), surveyor.survey(block.file(), block.from(), block.to())));
    }
  }

  static final class JoinFn
      extends DoFn<KV<MatchResult.Metadata, Iterable<BlockSurvey>>, FileRange> {
    private static final long serialVersionUID = 1L;
    private final FileSurveyor surveyor;

    JoinFn(FileSurveyor surveyor) {
      this.surveyor = surveyor;
    }

    @ProcessElement
    public void process(
        @Element KV<MatchResult.Metadata, Iterable<BlockSurvey>> file,
        OutputReceiver<FileRange> out)
        throws IOException {
      List<BlockSurvey> surveys = new ArrayList<>();
      file.getValue().forEach(surveys::add);
      surveyor.ranges(file.getKey(), surveys).forEach(out::output);
    }
  }
}
