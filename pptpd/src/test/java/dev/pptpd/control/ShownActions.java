package dev.pptpd.control;

import java.util.List;
import java.util.stream.Collectors;

/** Actions as one line of a table. */
final class ShownActions {
    private ShownActions() {}

    static String of(List<ControlAction> actions) {
        return actions.isEmpty()
                ? "-"
                : actions.stream().map(ShownActions::of).collect(Collectors.joining(", "));
    }

    private static String of(ControlAction action) {
        return switch (action) {
            case ControlAction.Send(var message) -> "send " + of(message);
            case ControlAction.Started _ -> "started";
            case ControlAction.CallRequested _ -> "call requested";
            case ControlAction.CallConnected(var callId, var peerCallId, _) ->
                    "call %d connected as the peer's %d".formatted(callId, peerCallId);
            case ControlAction.CallFailed(var callId, var failure) ->
                    "call %d failed: %s".formatted(callId, failure);
            case ControlAction.CallCleared(var callId, var end, _) ->
                    "call %d ended %s".formatted(callId, end);
            case ControlAction.LinkInfo(var callId, _, _) -> "link info of " + callId;
            case ControlAction.WanErrors(var callId, _) -> "WAN errors of " + callId;
            case ControlAction.Close(var reason, _) -> "close " + reason;
        };
    }

    private static String of(ControlMessage message) {
        return switch (message) {
            case StartControlConnectionReply reply ->
                    message.type() + " result " + reply.resultCode();
            case StopControlConnectionRequest request ->
                    message.type() + " reason " + request.reason();
            case CallReply reply ->
                    "%s result %d error %d"
                            .formatted(message.type(), reply.resultCode(), reply.errorCode());
            case CallDisconnectNotify notify ->
                    "%s of %d result %d"
                            .formatted(message.type(), notify.callId(), notify.resultCode());
            case CallClearRequest request -> message.type() + " of " + request.callId();
            case StartControlConnectionRequest _,
                    StopControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    CallRequest _,
                    IncomingCallConnected _,
                    WanErrorNotify _,
                    SetLinkInfo _ ->
                    message.type().toString();
        };
    }
}
