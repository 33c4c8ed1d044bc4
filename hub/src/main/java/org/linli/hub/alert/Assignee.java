package org.linli.hub.alert;

/** The person an alert was brought to. */
public record Assignee(String id, String name) {}
