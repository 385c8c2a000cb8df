package dev.penstock.samples.ico;

import java.util.random.RandomGenerator;

/** Draws values in random order, such that each round of the deck has all of them. */
final class Deck {
  private final int[] cards;
  private int drawn;

  /** A deck with so many of each value: {@code of(17, 2, 1)} has seventeen 0, two 1 and one 2. */
  static Deck of(int... counts) {
    int size = 0;
    for (int count : counts) {
      size += count;
    }
    int[] cards = new int[size];
    int next = 0;
    for (int value = 0; value < counts.length; value++) {
      for (int i = 0; i < counts[value]; i++) {
        cards[next++] = value;
      }
    }
    return new Deck(cards);
  }

  /** A deck with a single 1 among so many cards; nothing but 0 for 0. */
  static Deck oneIn(int size) {
    return size == 0 ? of(1) : of(size - 1, 1);
  }

  private Deck(int[] cards) {
    this.cards = cards;
    this.drawn = cards.length;
  }

  int draw(RandomGenerator random) {
    if (drawn == cards.length) {
      drawn = 0;
      for (int i = cards.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int card = cards[i];
        cards[i] = cards[other];
        cards[other] = card;
      }
    }
    return cards[drawn++];
  }
}
