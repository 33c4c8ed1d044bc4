package org.linli.hub.trial;

/** What carries a page to a person. */
interface PagerLine {

  /**
   * @throws RuntimeException if it is not delivered; it is tried again
   */
  void page(String person, String alert);
}
