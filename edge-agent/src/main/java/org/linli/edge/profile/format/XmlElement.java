package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element of an XML document. Names have no namespace, because equipment of one format uses
 * several.
 *
 * @param text the text directly within it, without surrounding white space
 */
public record XmlElement(
    String name, Map<String, String> attributes, String text, List<XmlElement> children) {

  public XmlElement {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** The first element at the end of that path, by exact names. */
  public Optional<XmlElement> find(String... path) {
    @Nullable XmlElement at = this;
    for (int i = 0; i < path.length && at != null; i++) {
      at = at.first(path[i]);
    }
    return Optional.ofNullable(at);
  }

  // A loop here and below, as these run for every field of every message.
  private @Nullable XmlElement first(String called) {
    for (XmlElement child : children) {
      if (child.name().equals(called)) {
        return child;
      }
    }
    return null;
  }

  /** The text at the end of that path; empty if the element is missing or has none. */
  public Optional<String> text(String... path) {
    return find(path).map(XmlElement::text).filter(found -> !found.isEmpty());
  }

  /** The children of that name, in order. */
  public List<XmlElement> all(String name) {
    List<XmlElement> all = new ArrayList<>();
    for (XmlElement child : children) {
      if (child.name().equals(name)) {
        all.add(child);
      }
    }
    return all;
  }

  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
