namespace PaySg.Functions.Languages;

/// <summary>The words of the part of a page that stands in for a bank in test mode.</summary>
internal sealed class SimulationTexts(TextFile file) : TextGroup(file, "Simulation")
{
    public string Heading => Say();

    public string Text => Say();

    public string Scan => Say();

    public string FailedScan => Say();

    public string Transfer => Say();

    public string FailedTransfer => Say();

    public string Confirmation => Say();

    public string Decline => Say();

    public string Payment => Say();

    public string FailedPayment => Say();
}
