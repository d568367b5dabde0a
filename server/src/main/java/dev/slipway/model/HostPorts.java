package dev.slipway.model;

/** The host ports on which the installation serves apps that do not ask for others; templates see them as PROXY_PORT and PROXY_SSL_PORT. */
public record HostPorts(int http, int https) {}
