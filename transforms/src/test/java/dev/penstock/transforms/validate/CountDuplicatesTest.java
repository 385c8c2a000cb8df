package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.junit.Rule;
import org.junit.Test;

public class CountDuplicatesTest {
  private static final int MANY = 65_536;

  /** Two checks that compare values, with one between them that does not. */
  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - {name: id, logicalType: integer}
          - {name: code, logicalType: string}
          """,
          """
          - {name: ids, metric: duplicateValues, mustBe: 0, arguments: {properties: [id]}}
          - {name: rows, metric: rowCount, mustBeGreaterThan: 0}
          - {name: pairs, metric: duplicateValues, mustBe: 0, arguments: {properties: [id, code]}}
          """);

  private static final int IDS = 0;
  private static final int PAIRS = 2;

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  /** What parts of a run give to the shuffle and to the counts. */
  private final List<KV<Integer, byte[]>> blocks = new ArrayList<>();

  private final List<KV<Integer, Long>> counts = new ArrayList<>();

  private void take(QualityCounter counter) {
    blocks.addAll(counter.takeKeys());
    counts.addAll(counter.takeCounts());
  }

  /** The repeats of both checks when the shards of all blocks are counted. */
  private List<Long> counted() {
    Map<Integer, DistinctHashes> seen = new HashMap<>();
    Map<Integer, Long> sums = new HashMap<>();
    for (KV<Integer, byte[]> block : blocks) {
      DistinctHashes shard = seen.computeIfAbsent(block.getKey(), key -> new DistinctHashes());
      int place = Tally.of(HashBlocks.check(block.getKey()));
      sums.merge(place, HashBlocks.repeats(block.getValue(), shard), Long::sum);
    }
    counts.forEach(count -> sums.merge(count.getKey(), count.getValue(), Long::sum));
    return List.of(sums.getOrDefault(Tally.of(IDS), 0L), sums.getOrDefault(Tally.of(PAIRS), 0L));
  }

  private static long repeats(Map<?, Integer> occurrences) {
    return occurrences.values().stream().mapToLong(count -> count - 1).sum();
  }

  @Test
  public void repeatsAreThoseOfAMapHoweverTheRowsComeInParts() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int different = 1 + random.nextInt(2_000);
      Map<Long, Integer> ids = new HashMap<>();
      Map<String, Integer> pairs = new HashMap<>();
      blocks.clear();
      counts.clear();
      QualityCounter counter = MeasureQuality.against(CONTRACT).counter();
      for (int i = random.nextInt(3_000); i > 0; i--) {
        Long id = random.nextInt(20) == 0 ? null : (long) random.nextInt(different);
        String code = random.nextInt(20) == 0 ? null : "c" + random.nextInt(3);
        counter.accepted(Sample.row(CONTRACT, id, code));
        if (id != null) {
          ids.merge(id, 1, Integer::sum);
          if (code != null) {
            pairs.merge(id + " " + code, 1, Integer::sum);
          }
        }
        if (random.nextInt(500) == 0) {
          take(counter);
        }
      }
      take(counter);

      assertEquals("Seed " + seed, List.of(repeats(ids), repeats(pairs)), counted());
    }
  }

  @Test
  public void thePipelineAddsUpWhatEachShardHasRepeated() {
    QualityCounter counter = MeasureQuality.against(CONTRACT).counter();
    for (int part = 0; part < 3; part++) {
      for (long id = 0; id < 1_000; id++) {
        counter.accepted(Sample.row(CONTRACT, id % (500 + part), id == 7 ? "b" : "a"));
      }
      take(counter);
    }

    PCollection<KV<Integer, Long>> repeats =
        pipeline
            .apply("Blocks", Create.of(blocks).withCoder(QualityCounter.keysCoder()))
            .apply(new CountDuplicates(CONTRACT.qualityChecks().size()));
    PAssert.that(
            PCollectionList.of(repeats)
                .and(
                    pipeline.apply(
                        "Counts", Create.of(counts).withCoder(QualityCounter.countsCoder())))
                .apply(Flatten.pCollections())
                .apply(Combine.perKey(Sum.ofLongs())))
        .containsInAnyOrder(
            List.of(
                KV.of(Tally.ACCEPTED, 3_000L),
                KV.of(Tally.of(IDS), 3_000L - 502),
                KV.of(Tally.of(PAIRS), 3_000L - 503)));
    pipeline.run();
  }

  @Test
  public void aBlockHasHashesOfOneCheckThatBeginWithTheSameBits() {
    QualityCounter counter = MeasureQuality.against(CONTRACT).counter();
    for (long id = 0; id < 5_000; id++) {
      counter.accepted(Sample.row(CONTRACT, id, "a"));
    }
    take(counter);

    Set<Integer> shards = new HashSet<>();
    int hashes = 0;
    for (KV<Integer, byte[]> block : blocks) {
      assertTrue("Shard " + block.getKey() + " has two blocks", shards.add(block.getKey()));
      for (int i = 0; i < block.getValue().length; i += 16) {
        assertEquals(block.getKey() % 128, (block.getValue()[i] & 0xFF) >> 1);
        hashes++;
      }
    }
    assertEquals(10_000, hashes);
    assertEquals(2 * 128, shards.size());
  }

  @Test
  public void aCounterThatHoldsManyKeysAsksForThemToBeTaken() {
    QualityCounter counter = MeasureQuality.against(CONTRACT).counter();
    for (long id = 1; id < MANY; id++) {
      counter.accepted(Sample.row(CONTRACT, id, null));
    }
    counter.accepted(Sample.row(CONTRACT, 1L, null));
    assertFalse(counter.hasManyKeys());
    counter.accepted(Sample.row(CONTRACT, 0L, null));
    assertTrue(counter.hasManyKeys());
    take(counter);
    assertFalse(counter.hasManyKeys());
    assertEquals(16L * MANY, blocks.stream().mapToLong(block -> block.getValue().length).sum());

    for (long id = 0; id < 10; id++) {
      counter.accepted(Sample.row(CONTRACT, id, null));
    }
    take(counter);
    assertEquals(List.of(11L, 0L), counted());
  }

  @Test
  public void aSetOfHashesIsOneAlsoOfHashesThatDifferInFewBits() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      DistinctHashes hashes = new DistinctHashes();
      Set<List<Long>> expected = new HashSet<>();
      int bits = 1 + random.nextInt(12);
      for (int i = random.nextInt(4_000); i > 0; i--) {
        // Zeros stand for an empty place in the array, and both ends of a hash are looked at.
        long high = (long) random.nextInt(1 << bits) << (random.nextBoolean() ? 64 - bits : 0);
        long low = (long) random.nextInt(2) << (random.nextBoolean() ? 63 : random.nextInt(64));
        assertEquals(expected.add(List.of(high, low)), hashes.add(high, low));
      }
      assertEquals(expected.size(), hashes.size());
      List<List<Long>> held = new ArrayList<>();
      hashes.forEach((high, low) -> held.add(Arrays.asList(high, low)));
      assertEquals(expected.size(), held.size());
      assertEquals("Seed " + seed, expected, new HashSet<>(held));
    }
  }
}
