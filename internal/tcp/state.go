package tcp

// State is how far a connection has come.
type State uint8

// States.
const (
	Unknown    State = iota
	Open             // data may flow both ways
	HalfClosed       // one side has sent FIN
	Closed           // both sides have sent FIN
	Reset            // ended by RST
)

var stateNames = [...]string{"", "open", "half-closed", "closed", "reset"}

// String is the state's name in the list of connections and in JSON; "" for Unknown.
func (s State) String() string { return stateNames[s] }

// Ended reports that nothing more comes.
func (s State) Ended() bool { return s >= Closed }
