package org.linli.hub.registry.file;

import java.util.Locale;

/** What a community file has sections for, in the order in which they are written. */
public enum Section {
  COMMUNITY("社区", "community"),
  GRIDS("网格", "grid"),
  BUILDINGS("楼栋", "building"),
  GATEWAYS("网关", "gateway"),
  DEVICES("设备", "device"),
  PEOPLE("人员", "person"),
  DUTY("班次", "shift");

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String zh;
  private final String en;

  Section(String zh, String en) {
    this.zh = zh;
    this.en = en;
  }

  /** Returns the key of the section in a file. */
  public String key() {
    return key;
  }

  /** Returns what one item of it is called in Chinese. */
  public String zh() {
    return zh;
  }

  /** Returns what one item of it is called in English. */
  public String en() {
    return en;
  }
}
