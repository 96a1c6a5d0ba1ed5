package main

// maxrssUnit is the unit of ru_maxrss, bytes.
const maxrssUnit = 1

// loopback is the name of the loopback interface.
const loopback = "lo0"
