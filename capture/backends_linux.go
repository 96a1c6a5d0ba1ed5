package capture

// systemBackends need nothing but the system.
var systemBackends = []backend{{"af_packet", "af_packet", openPacketSocket}}
