package org.linli.edge.profile.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    XmlElement at = this;
    for (String name : path) {
      Optional<XmlElement> next =
          at.children().stream().filter(child -> child.name().equals(name)).findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  /** The text at the end of that path; empty if the element is missing or has none. */
  public Optional<String> text(String... path) {
    return find(path).map(XmlElement::text).filter(found -> !found.isEmpty());
  }

  /** The children of that name, in order. */
  public List<XmlElement> all(String name) {
    return children.stream().filter(child -> child.name().equals(name)).toList();
  }

  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
