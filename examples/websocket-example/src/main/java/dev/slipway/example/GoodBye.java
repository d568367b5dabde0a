package dev.slipway.example;

/** The event that tells each connection that the process is about to end. */
enum GoodBye {
    NOW
}
