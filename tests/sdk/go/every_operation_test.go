package workmail

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workmail"
)

// step is a call of the API or, without an operation, of the control plane.
type step struct {
	Operation string
	Input     object
	Simulate  object
	Keep      map[string]string // what later steps call a member of the answer
}

// steps reads the calls that are every operation.
func steps(t *testing.T) (steps []step) {
	noError(t, json.Unmarshal(must(os.ReadFile(os.Getenv("STEPS")))(t), &steps))
	return steps
}

// filledIn is the input with the identifiers that earlier steps have brought.
func filledIn(t *testing.T, input object, kept map[string]string) []byte {
	text := string(must(json.Marshal(input))(t))
	for name, value := range kept {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return []byte(text)
}

// callByName calls an operation of the SDK with an input in JSON.
func callByName(t *testing.T, client *workmail.Client, operation string, input []byte) any {
	t.Helper()
	method := reflect.ValueOf(client).MethodByName(operation)
	parameters := reflect.New(method.Type().In(1).Elem())
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	noError(t, decoder.Decode(parameters.Interface()))
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), parameters})
	if err, failed := results[1].Interface().(error); failed {
		t.Fatal(err)
	}
	return results[0].Interface()
}

// arrived expects everything that was on the wire in what the SDK has made of it; what the journal masks is masked.
func arrived(t *testing.T, path string, value, wire any) {
	t.Helper()
	switch wire := wire.(type) {
	case object:
		members, _ := value.(object)
		for name, member := range wire {
			arrived(t, path+"."+name, members[name], member)
		}
	case []any:
		elements, _ := value.([]any)
		equal(t, len(elements), len(wire))
		for index := range min(len(elements), len(wire)) {
			arrived(t, fmt.Sprintf("%s[%d]", path, index), elements[index], wire[index])
		}
	default:
		if text, isText := value.(string); isText {
			if instant, err := time.Parse(time.RFC3339Nano, text); err == nil {
				value = math.Round(float64(instant.UnixNano())/1e6) / 1e3
			}
		}
		if wire != "********" && value != wire {
			t.Errorf("%s: got %v, expected %v", path, value, wire)
		}
	}
}

func TestEveryOperationSucceedsAndEverythingThatWasAnsweredArrives(t *testing.T) {
	client, account := connect(t)
	kept := map[string]string{}
	operations := map[string]bool{}
	for _, step := range steps(t) {
		var answer object
		if step.Operation == "" {
			control.call(t, "POST", "simulate", json.RawMessage(filledIn(t, step.Simulate, kept)), &answer)
		} else {
			output := callByName(t, client, step.Operation, filledIn(t, step.Input, kept))
			noError(t, json.Unmarshal(must(json.Marshal(output))(t), &answer))
			all := attempts(t, account, step.Operation)
			arrived(t, step.Operation, answer, all[len(all)-1].Response)
			operations[step.Operation] = true
		}
		for name, member := range step.Keep {
			kept[name] = answer[member].(string)
		}
	}
	for method := range reflect.TypeFor[*workmail.Client]().NumMethod() {
		name := reflect.TypeFor[*workmail.Client]().Method(method).Name
		if name != "Options" && !operations[name] {
			t.Errorf("%s is not called", name)
		}
	}
}
