package main

// maxrssUnit is the unit of ru_maxrss, bytes.
const maxrssUnit = 1024
