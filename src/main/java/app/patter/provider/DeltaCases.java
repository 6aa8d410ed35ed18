package app.patter.provider;

/** Takes deltas by their kind. Whoever implements it has to say what each kind means: a new one does not compile. */
public interface DeltaCases {

    void onHistoryTruncated(Delta.HistoryTruncated beginning);

    void onRequestId(Delta.RequestId identified);

    void onReasoning(Delta.Reasoning reasoning);

    void onText(Delta.Text text);

    void onTextWasReasoning(Delta.TextWasReasoning marked);

    void onToolStarted(Delta.ToolStarted started);

    void onToolArguments(Delta.ToolArguments arguments);

    void onToolReady(Delta.ToolReady ready);

    void onToolAnswered(Delta.ToolAnswered answered);

    void onSubagentDelta(Delta.SubagentDelta inner);

    void onUsage(Delta.Usage usage);

    void onOriginal(Delta.Original original);

    void onFinished(Delta.Finished finished);

    void onFailed(Delta.Failed failed);
}
